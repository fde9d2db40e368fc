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

    /** The absolute partial derivative by the first operand, where the result is r. */
    double slopeByFirst(double a, double b, double r) {
        return switch (this) {
            case ADD, SUB -> 1;
            case MUL -> Math.abs(b);
            case DIV -> Math.abs(1 / b);
            case POW -> b == 0 ? 0 : Math.abs(b * Functions.pow(a, b - 1));
            case MIN, MAX -> r == a ? 1 : 0;
        };
    }

    /** The absolute partial derivative by the second operand. */
    double slopeBySecond(double a, double b, double r) {
        return switch (this) {
            case ADD, SUB -> 1;
            case MUL -> Math.abs(a);
            case DIV -> Math.abs(r / b);
            case POW -> a <= 0 ? 0 : Math.abs(r * StrictMath.log(a));
            case MIN, MAX -> r == a ? 0 : 1;
        };
    }
}
