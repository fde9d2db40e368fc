package org.aiis.reference.arithmetic;

/**
 * A real number as the unevaluated sum of two doubles, at least 100 bits where nothing underflows.
 *
 * <p>Sum, product and quotient after T. J. Dekker (1971) and Y. Hida, X. Li, D. Bailey (2001), with the product's error
 * from a fused multiply-add. Where the leading part is not finite the low part is 0. Error of one operation: at most
 * 2^-100 of the result, for sums of operands of opposite sign too (the accurate variant).
 */
record Twofold(double hi, double lo) {
    static final Twofold ZERO = new Twofold(0, 0);
    static final Twofold ONE = new Twofold(1, 0);

    static Twofold of(double value) {
        return new Twofold(value, 0);
    }

    /** The sum of two doubles, the larger first, without error. */
    private static Twofold quick(double large, double small) {
        double sum = large + small;
        return finite(sum, small - (sum - large));
    }

    private static Twofold finite(double hi, double lo) {
        return Double.isFinite(hi) && Double.isFinite(lo) ? new Twofold(hi, lo) : new Twofold(hi, 0);
    }

    /** The sum of two doubles without error. */
    static Twofold sum(double a, double b) {
        double sum = a + b;
        double part = sum - a;
        return finite(sum, (a - (sum - part)) + (b - part));
    }

    /** The product of two doubles without error, if it does not underflow. */
    static Twofold product(double a, double b) {
        double product = a * b;
        return finite(product, Math.fma(a, b, -product));
    }

    Twofold plus(Twofold other) {
        Twofold high = sum(hi, other.hi);
        if (!Double.isFinite(high.hi)) {
            return high;
        }
        if (high.hi == 0 && high.lo == 0 && lo == 0 && other.lo == 0) {
            return of(hi + other.hi);
        }
        Twofold low = sum(lo, other.lo);
        Twofold first = quick(high.hi, high.lo + low.hi);
        return quick(first.hi, first.lo + low.lo);
    }

    Twofold plus(double other) {
        return plus(of(other));
    }

    Twofold negated() {
        return new Twofold(-hi, lo == 0 ? 0 : -lo);
    }

    Twofold minus(Twofold other) {
        return plus(other.negated());
    }

    Twofold times(Twofold other) {
        Twofold high = product(hi, other.hi);
        if (!Double.isFinite(high.hi) || high.hi == 0) {
            return high;
        }
        return quick(high.hi, high.lo + (hi * other.lo + lo * other.hi));
    }

    Twofold times(double other) {
        return times(of(other));
    }

    Twofold over(Twofold other) {
        double first = hi / other.hi;
        if (!Double.isFinite(first) || first == 0 || !Double.isFinite(other.hi)) {
            return of(first);
        }
        if (isExtreme() || other.isExtreme()) {
            int power = Math.getExponent(hi);
            int otherPower = Math.getExponent(other.hi);
            return scaled(-power).over(other.scaled(-otherPower)).scaled(power - otherPower);
        }
        Twofold rest = minus(other.times(first));
        double second = rest.hi / other.hi;
        if (!Double.isFinite(second)) {
            return of(first);
        }
        rest = rest.minus(other.times(second));
        Twofold sum = quick(first, second);
        return sum.plus(rest.hi / other.hi);
    }

    Twofold squareRoot() {
        if (isExtreme() && hi > 0 && hi < Double.POSITIVE_INFINITY) {
            int half = Math.getExponent(hi) / 2;
            return scaled(-2 * half).squareRoot().scaled(half);
        }
        double root = Math.sqrt(hi);
        if (!Double.isFinite(root) || root == 0) {
            return of(root);
        }
        Twofold rest = minus(product(root, root));
        if (lo == 0) {
            // The low part may be so close to half an ulp that adding it would round away from the rounded root.
            return new Twofold(root, rest.hi / (2 * root));
        }
        Twofold once = quick(root, rest.hi / (2 * root));
        return quick(once.hi, once.lo + minus(once.times(once)).hi / (2 * root));
    }

    /** Whether remainders underflow or products overflow in a quotient or a root. */
    private boolean isExtreme() {
        double size = Math.abs(hi);
        return size > 0x1p1000 || size < 0x1p-800;
    }

    /** Times 2^power, exact unless it leaves the range; both parts are rounded together where it is subnormal. */
    Twofold scaled(int power) {
        double high = Math.scalb(hi, power);
        double left = hi - Math.scalb(high, -power);
        if (Math.abs(high) < Double.MIN_NORMAL
                && left * lo > 0
                && Math.abs(left) * 2 == Math.scalb(Double.MIN_VALUE, -power)) {
            // The leading part alone is a tie, which the low part decides.
            return of(lo > 0 ? Math.nextUp(high) : Math.nextDown(high));
        }
        return finite(high, Math.scalb(lo, power));
    }

    Twofold magnitude() {
        return hi < 0 || hi == 0 && 1 / hi < 0 ? negated() : this;
    }

    boolean isFinite() {
        return Double.isFinite(hi);
    }
}
