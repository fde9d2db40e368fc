package org.aiis.reference.arithmetic;

/** Functions of two numbers; special values are those of IEC 60559, MIN and MAX give NaN where an operand is NaN. */
public enum Binary {
    ADD,
    SUB,
    MUL,
    DIV,
    POW,
    MIN,
    MAX;

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
        };
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
            case ADD, SUB -> sigma;
            case MUL -> b * sigma;
            case DIV -> sigma / b;
            case POW -> b == 0 ? 0 : b * Functions.pow(a, b - 1) * sigma;
            case MIN, MAX -> r == a ? sigma : 0;
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
        };
    }
}
