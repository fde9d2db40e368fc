package org.aiis.conformance.qualification.panel;

import java.util.List;
import org.aiis.conformance.qualification.arithmetic.Style;
import org.aiis.conformance.qualification.arithmetic.Styled;
import org.aiis.conformance.qualification.arithmetic.Summation;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.FloatFormat;

/** Sums, products, functions and comparisons calculated wrongly, whatever operator asks for them. */
final class ArithmeticFaults {
    private static final FloatFormat TF32 = FloatFormat.TF32;

    private ArithmeticFaults() {}

    static List<Fault> all() {
        return List.of(
                fault("accumulator-fp16", "precision", "sums are kept in binary16", accumulator(FloatFormat.BINARY16)),
                fault("accumulator-bf16", "precision", "sums are kept in bfloat16", accumulator(FloatFormat.BFLOAT16)),
                fault(
                        "accumulator-fp32",
                        "precision",
                        "sums of float64 are kept in binary32",
                        accumulator(FloatFormat.BINARY32)),
                fault("accumulator-tf32", "precision", "sums are kept with a 10-bit fraction", accumulator(TF32)),
                fault("accumulator-cut", "precision", "partial sums are cut off toward zero to 20 bits", new Style() {
                    @Override
                    public double sum(double[] terms, int count, FloatFormat format) {
                        return Summation.forward(terms, 0, count, x -> cut(x, 33));
                    }
                }),
                fault(
                        "products-tf32",
                        "precision",
                        "factors of products are rounded to a 10-bit fraction",
                        factors(TF32)),
                fault(
                        "products-bf16",
                        "precision",
                        "factors of products are rounded to bfloat16",
                        factors(FloatFormat.BFLOAT16)),
                fault("products-fp16", "precision", "products are rounded to binary16", new Style() {
                    @Override
                    public double product(double exact, FloatFormat format) {
                        return FloatFormat.BINARY16.round(exact);
                    }
                }),
                sum(
                        "last-term-dropped",
                        "the last term of a sum is missing",
                        (terms, count) -> total(terms, 0, count - 1)),
                sum(
                        "first-term-dropped",
                        "the first term of a sum is missing",
                        (terms, count) -> total(terms, 1, count)),
                sum(
                        "a-term-twice",
                        "the middle term of a sum counts twice",
                        (terms, count) -> total(terms, 0, count) + (count > 0 ? terms[count / 2] : 0)),
                sum(
                        "remainder-dropped",
                        "terms beyond a multiple of 4 are missing",
                        (terms, count) -> total(terms, 0, count - count % 4)),
                sum("sum-of-sizes", "a sum adds up magnitudes", (terms, count) -> {
                    double sum = 0;
                    for (int k = 0; k < count; k++) {
                        sum += Math.abs(terms[k]);
                    }
                    return sum;
                }),
                sum("nan-left-out", "NaN is left out of a sum", (terms, count) -> {
                    double sum = 0;
                    for (int k = 0; k < count; k++) {
                        sum += Double.isNaN(terms[k]) ? 0 : terms[k];
                    }
                    return sum;
                }),
                fault("functions-10-bit", "precision", "elementary functions are good to 10 bits", functions(TF32)),
                fault(
                        "functions-fp16",
                        "precision",
                        "elementary functions go through binary16",
                        functions(FloatFormat.BINARY16)),
                binary(
                        "division-10-bit",
                        "precision",
                        "a quotient is good to 10 bits",
                        (f, a, b, r) -> f == Binary.DIV ? TF32.round(r) : r),
                binary(
                        "division-by-reciprocal",
                        "special value",
                        "a quotient is the product with a rounded reciprocal",
                        (f, a, b, r) -> f == Binary.DIV ? a * FloatFormat.BINARY32.round(1 / b) : r),
                binary(
                        "power-by-logarithm",
                        "special value",
                        "a power of a negative base is NaN",
                        (f, a, b, r) -> f == Binary.POW && a < 0 ? Double.NaN : r),
                binary(
                        "power-of-zero",
                        "special value",
                        "NaN to the power 0 is NaN",
                        (f, a, b, r) -> f == Binary.POW && Double.isNaN(a) ? Double.NaN : r),
                binary(
                        "extreme-ignores-nan",
                        "special value",
                        "a minimum or maximum ignores NaN",
                        (f, a, b, r) -> extreme(f) && Double.isNaN(r) ? Double.isNaN(a) ? b : a : r),
                binary(
                        "extreme-takes-first",
                        "special value",
                        "a minimum or maximum of infinities is the first operand",
                        (f, a, b, r) -> extreme(f) && Double.isInfinite(a) ? a : r),
                unary("round-half-up", "ties are rounded up", Unary.ROUND, x -> StrictMath.floor(x + 0.5)),
                unary(
                        "round-half-away",
                        "ties are rounded away from zero",
                        Unary.ROUND,
                        x -> Math.copySign(StrictMath.floor(Math.abs(x) + 0.5), x)),
                unary("round-cuts", "the fraction is cut off", Unary.ROUND, ArithmeticFaults::integral),
                unary("floor-cuts", "floor cuts the fraction off", Unary.FLOOR, ArithmeticFaults::integral),
                unary("ceil-cuts", "ceil cuts the fraction off", Unary.CEIL, ArithmeticFaults::integral),
                unary("floor-through-int32", "floor goes through 32-bit integers", Unary.FLOOR, x ->
                        (int) StrictMath.floor(x)),
                unary("ceil-through-int32", "ceil goes through 32-bit integers", Unary.CEIL, x ->
                        (int) StrictMath.ceil(x)),
                unary("round-through-int32", "round goes through 32-bit integers", Unary.ROUND, x ->
                        (int) StrictMath.rint(x)),
                unary("sign-of-zero-is-one", "the sign of 0 is 1", Unary.SIGN, x -> x >= 0 ? 1 : -1),
                unary(
                        "root-of-size",
                        "the root of a negative number is that of its size",
                        Unary.SQRT,
                        x -> StrictMath.sqrt(Math.abs(x))),
                unary(
                        "log-of-size",
                        "the logarithm of a negative number is that of its size",
                        Unary.LOG,
                        x -> StrictMath.log(Math.abs(x))),
                unary(
                        "exp-clamped",
                        "arguments of exp are clamped to ±80",
                        Unary.EXP,
                        x -> Double.isNaN(x) ? x : StrictMath.exp(Math.max(-80, Math.min(80, x)))),
                unary(
                        "tanh-saturates",
                        "tanh is ±1 beyond 4",
                        Unary.TANH,
                        x -> Math.abs(x) > 4 ? Math.signum(x) : StrictMath.tanh(x)),
                unary(
                        "sigmoid-saturates",
                        "sigmoid is 0 or 1 beyond 8",
                        Unary.SIGMOID,
                        x -> Math.abs(x) > 8 ? (x > 0 ? 1 : 0) : 1 / (1 + StrictMath.exp(-x))),
                holds(
                        "nan-equals",
                        "NaN compares as equal",
                        (relation, a, b, right) ->
                                right || Double.isNaN(a) && relation != Relation.LESS && relation != Relation.GREATER),
                holds(
                        "strict-not-strict",
                        "equal numbers count as less and as greater",
                        (relation, a, b, right) -> right || a == b),
                holds(
                        "equal-not-equal",
                        "≤ and ≥ leave equality out",
                        (relation, a, b, right) -> right && (relation == Relation.EQUAL || a != b)),
                holds(
                        "zeros-differ",
                        "−0 is not equal to +0",
                        (relation, a, b, right) ->
                                relation == Relation.EQUAL ? right && Double.compare(a, b) == 0 : right),
                holds(
                        "compares-with-slack",
                        "numbers closer than 1e-6 are equal",
                        (relation, a, b, right) ->
                                relation == Relation.EQUAL ? right || Math.abs(a - b) < 1e-6 : right),
                holds(
                        "compares-bf16",
                        "comparisons round to bfloat16 first",
                        (relation, a, b, right) -> FloatFormat.BFLOAT16.round(a) == FloatFormat.BFLOAT16.round(b)
                                ? relation == Relation.EQUAL
                                        || relation == Relation.LESS_OR_EQUAL
                                        || relation == Relation.GREATER_OR_EQUAL
                                : right));
    }

    private static boolean extreme(Binary function) {
        return function == Binary.MIN || function == Binary.MAX;
    }

    private static double integral(double x) {
        return x < 0 ? StrictMath.ceil(x) : StrictMath.floor(x);
    }

    private static double cut(double x, int bits) {
        return Double.isFinite(x) ? Double.longBitsToDouble(Double.doubleToLongBits(x) >> bits << bits) : x;
    }

    private static double total(double[] terms, int from, int to) {
        return Summation.forward(terms, from, Math.max(from, to), x -> x);
    }

    private static Fault fault(String name, String kind, String summary, Style style) {
        return Fault.of(name, kind, summary, Change.arithmetic(Styled.of(style)));
    }

    /** The narrower of the format asked for and this one. */
    private static Style accumulator(FloatFormat narrow) {
        return new Style() {
            @Override
            public FloatFormat accumulator(FloatFormat format) {
                return narrow.fractionBits() < Style.super.accumulator(format).fractionBits()
                        ? narrow
                        : Style.super.accumulator(format);
            }
        };
    }

    private static Style factors(FloatFormat narrow) {
        return new Style() {
            @Override
            public double factor(double x, FloatFormat format) {
                return narrow.round(x);
            }
        };
    }

    private interface Total {
        double of(double[] terms, int count);
    }

    private static Fault sum(String name, String summary, Total total) {
        return fault(name, "sum", summary, new Style() {
            @Override
            public double sum(double[] terms, int count, FloatFormat format) {
                return accumulator(format).round(total.of(terms, count));
            }
        });
    }

    private static Style functions(FloatFormat narrow) {
        return new Style() {
            @Override
            public double unary(Unary function, double x, double exact, FloatFormat format) {
                return function.compareTo(Unary.SQRT) >= 0 ? narrow.round(exact) : format.round(exact);
            }
        };
    }

    private interface OfTwo {
        double of(Binary function, double a, double b, double right);
    }

    private static Fault binary(String name, String kind, String summary, OfTwo wrong) {
        return fault(name, kind, summary, new Style() {
            @Override
            public double binary(Binary function, double a, double b, double exact, FloatFormat format) {
                return format.round(wrong.of(function, a, b, exact));
            }
        });
    }

    private static Fault unary(String name, String summary, Unary of, java.util.function.DoubleUnaryOperator wrong) {
        return fault(name, "rounding", summary, new Style() {
            @Override
            public double unary(Unary function, double x, double exact, FloatFormat format) {
                return format.round(function == of ? wrong.applyAsDouble(x) : exact);
            }
        });
    }

    private interface Held {
        boolean of(Relation relation, double a, double b, boolean right);
    }

    private static Fault holds(String name, String summary, Held wrong) {
        return fault(name, "comparison", summary, new Style() {
            @Override
            public boolean holds(Relation relation, double a, double b, boolean right) {
                return wrong.of(relation, a, b, right);
            }
        });
    }
}
