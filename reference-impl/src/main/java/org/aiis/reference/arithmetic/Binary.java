package org.aiis.reference.arithmetic;

/** Functions of two numbers; special values are those of IEC 60559, MIN and MAX give NaN where an operand is NaN. */
public enum Binary {
    ADD,
    SUB,
    MUL,
    DIV,
    POW,
    MIN,
    MAX,
    /** a − ⌊a/b⌋·b, with the sign of b. */
    MOD,
    /** a − trunc(a/b)·b, with the sign of a. */
    REMAINDER,
    /** Of integers alone, as the functions below. */
    AND,
    OR,
    XOR,
    /** By b bits; all bits go where b is negative or not below the width. */
    SHIFT_LEFT,
    /** The same to the right, with copies of the sign. */
    SHIFT_RIGHT;

    boolean isExact() {
        return this == MIN || this == MAX;
    }

    double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case POW -> Functions.pow(a, b);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case MOD -> floored(a, b);
            case REMAINDER -> a % b;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw ofIntegers();
        };
    }

    Twofold apply(Twofold a, Twofold b) {
        return switch (this) {
            case ADD -> a.plus(b);
            case SUB -> a.minus(b);
            case MUL -> a.times(b);
            case DIV -> a.over(b);
            case POW -> Functions.pow(a, b);
            case MIN, MAX -> extreme(a, b);
            case MOD -> floored(a, b);
            case REMAINDER -> remainder(a, b);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw ofIntegers();
        };
    }

    private IllegalStateException ofIntegers() {
        return new IllegalStateException(this + " is a function of integers");
    }

    private static double floored(double a, double b) {
        double rest = a % b;
        return rest == 0 ? Math.copySign(0.0, b) : rest < 0 == b < 0 || Double.isNaN(rest) ? rest : rest + b;
    }

    private static Twofold floored(Twofold a, Twofold b) {
        Twofold rest = remainder(a, b);
        return rest.hi() == 0 || !rest.isFinite() || rest.hi() < 0 == b.hi() < 0 || !b.isFinite()
                ? Twofold.of(floored(rest.hi(), b.hi())).plus(rest.hi() == 0 ? 0 : rest.lo())
                : rest.plus(b);
    }

    /** Exact where both are doubles; a calculated operand has an error of its own that is larger. */
    private static Twofold remainder(Twofold a, Twofold b) {
        Twofold rest = Twofold.of(a.hi() % b.hi());
        return a.lo() == 0 || !rest.isFinite() ? rest : rest.plus(a.lo());
    }

    private Twofold extreme(Twofold a, Twofold b) {
        if (a.hi() == b.hi() && a.lo() != b.lo()) {
            return (a.lo() < b.lo()) == (this == MIN) ? a : b;
        }
        double leading = apply(a.hi(), b.hi());
        return Double.compare(leading, a.hi()) == 0
                ? a
                : Double.compare(leading, b.hi()) == 0 ? b : Twofold.of(leading);
    }

    /**
     * The partial derivative by the first operand, where the result is r, times a sigma, up to the sign. Multiplied in an
     * order in which nothing overflows that the result does not.
     */
    double spreadByFirst(double a, double b, double r, double sigma) {
        return switch (this) {
            case ADD, SUB, MOD, REMAINDER -> sigma;
            case MUL -> b * sigma;
            case DIV -> sigma / b;
            case POW -> b == 0 ? 0 : b * Functions.pow(a, b - 1) * sigma;
            case MIN, MAX -> r == a ? sigma : 0;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw ofIntegers();
        };
    }

    /** The same by the second operand. */
    double spreadBySecond(double a, double b, double r, double sigma) {
        return switch (this) {
            case ADD, SUB -> sigma;
            case MUL -> a * sigma;
            case DIV -> r * (sigma / b);
            case POW -> a <= 0 ? 0 : r * StrictMath.log(a) * sigma;
            case MIN, MAX -> r == a ? 0 : sigma;
            case MOD, REMAINDER -> Math.ceil(Math.abs(a / b)) * sigma;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw ofIntegers();
        };
    }
}
