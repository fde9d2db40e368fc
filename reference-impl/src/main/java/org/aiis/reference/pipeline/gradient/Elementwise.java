package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.tensor.ElementType;

/** Operators element by element, with their derivatives. Two operands are broadcast as ONNX does it. */
public final class Elementwise {
    private Elementwise() {}

    public static Value add(Tape tape, Value a, Value b) {
        Value y = binary(tape, "Add", a, b, a.type());
        return tape.remember(List.of(a, b), y, d -> {
            d.add(a, () -> reduced(tape, d.at(y), a));
            d.add(b, () -> reduced(tape, d.at(y), b));
        });
    }

    public static Value sub(Tape tape, Value a, Value b) {
        Value y = binary(tape, "Sub", a, b, a.type());
        return tape.remember(List.of(a, b), y, d -> {
            d.add(a, () -> reduced(tape, d.at(y), a));
            d.add(b, () -> reduced(tape, neg(tape, d.at(y)), b));
        });
    }

    public static Value mul(Tape tape, Value a, Value b) {
        Value y = binary(tape, "Mul", a, b, a.type());
        return tape.remember(List.of(a, b), y, d -> {
            d.add(a, () -> reduced(tape, mul(tape, d.at(y), b), a));
            d.add(b, () -> reduced(tape, mul(tape, d.at(y), a), b));
        });
    }

    public static Value div(Tape tape, Value a, Value b) {
        Value y = binary(tape, "Div", a, b, a.type());
        return tape.remember(List.of(a, b), y, d -> {
            d.add(a, () -> reduced(tape, div(tape, d.at(y), b), a));
            d.add(b, () -> reduced(tape, neg(tape, div(tape, mul(tape, d.at(y), y), b)), b));
        });
    }

    /** x to a power that is a number. */
    public static Value pow(Tape tape, Value x, double exponent) {
        Value y = tape.node("Pow", List.of(x, tape.real(exponent)), x.type(), x.extents());
        return tape.remember(
                List.of(x),
                y,
                d -> d.add(x, () -> mul(tape, d.at(y), mul(tape, tape.real(exponent), pow(tape, x, exponent - 1)))));
    }

    public static Value neg(Tape tape, Value x) {
        Value y = unary(tape, "Neg", x);
        return tape.remember(List.of(x), y, d -> d.add(x, () -> neg(tape, d.at(y))));
    }

    public static Value exp(Tape tape, Value x) {
        Value y = unary(tape, "Exp", x);
        return tape.remember(List.of(x), y, d -> d.add(x, () -> mul(tape, d.at(y), y)));
    }

    public static Value log(Tape tape, Value x) {
        Value y = unary(tape, "Log", x);
        return tape.remember(List.of(x), y, d -> d.add(x, () -> div(tape, d.at(y), x)));
    }

    public static Value sqrt(Tape tape, Value x) {
        Value y = unary(tape, "Sqrt", x);
        return tape.remember(List.of(x), y, d -> d.add(x, () -> div(tape, mul(tape, tape.real(0.5), d.at(y)), y)));
    }

    /** The derivative at 0 is 0. */
    public static Value abs(Tape tape, Value x) {
        Value y = unary(tape, "Abs", x);
        return tape.remember(List.of(x), y, d -> d.add(x, () -> mul(tape, d.at(y), unary(tape, "Sign", x))));
    }

    public static Value sigmoid(Tape tape, Value x) {
        Value y = unary(tape, "Sigmoid", x);
        return tape.remember(List.of(x), y, d -> d.add(x, () -> mul(tape, d.at(y), slope(tape, y))));
    }

    /** The derivative of a logistic function by its argument, from its result: y·(1 − y). */
    static Value slope(Tape tape, Value y) {
        return mul(tape, y, sub(tape, tape.real(1), y));
    }

    public static Value tanh(Tape tape, Value x) {
        Value y = unary(tape, "Tanh", x);
        return tape.remember(
                List.of(x), y, d -> d.add(x, () -> mul(tape, d.at(y), sub(tape, tape.real(1), mul(tape, y, y)))));
    }

    /**
     * The derivative at 0 is 0. Cast and Mul were the fastest form on ONNX Runtime's CPU provider: 0.19 ms for 692,000 elements,
     * Where 0.32, Sign and Mul 0.56.
     */
    public static Value relu(Tape tape, Value x) {
        Value y = unary(tape, "Relu", x);
        return tape.remember(
                List.of(x), y, d -> d.add(x, () -> mul(tape, indicator(tape, "Greater", y, tape.real(0)), d.at(y))));
    }

    /**
     * The larger of two values of equal extents. Of equal ones the first counts, and the derivative goes to it alone: so a
     * maximum over a square, taken pair by pair, goes to the first of equal elements in row-major order, as Keras and PyTorch
     * have it.
     */
    public static Value max(Tape tape, Value a, Value b) {
        return chosen(tape, "Max", "GreaterOrEqual", a, b);
    }

    /** The smaller of two values of equal extents; of equal ones the first. */
    public static Value min(Tape tape, Value a, Value b) {
        return chosen(tape, "Min", "LessOrEqual", a, b);
    }

    private static Value chosen(Tape tape, String operator, String first, Value a, Value b) {
        if (!a.extents().equals(b.extents())) {
            throw new IllegalStateException(operator + " of " + a + " and " + b);
        }
        Value y = binary(tape, operator, a, b, a.type());
        return tape.remember(List.of(a, b), y, d -> {
            Value ofFirst = mul(tape, indicator(tape, first, a, b), d.at(y));
            d.add(a, () -> ofFirst);
            d.add(b, () -> sub(tape, d.at(y), ofFirst));
        });
    }

    /** {@code a} where a truth value of the same extents holds, else {@code b}. */
    public static Value where(Tape tape, Value truth, Value a, Value b) {
        Value y = tape.node("Where", List.of(truth, a, b), a.type(), truth.extents());
        return tape.remember(List.of(a, b), y, d -> {
            Value mask = cast(tape, truth, tape.real());
            d.add(a, () -> reduced(tape, mul(tape, mask, d.at(y)), a));
            d.add(b, () -> reduced(tape, mul(tape, sub(tape, tape.real(1), mask), d.at(y)), b));
        });
    }

    /** 1 where a comparison holds, else 0; it has no derivative. */
    public static Value indicator(Tape tape, String comparison, Value a, Value b) {
        return cast(tape, binary(tape, comparison, a, b, ElementType.BOOL), tape.real());
    }

    /** Another type of number; no derivative goes through it. */
    public static Value cast(Tape tape, Value x, ElementType type) {
        return new Value(tape.draft().cast(x.name(), type), type, x.extents());
    }

    static Value unary(Tape tape, String operator, Value x) {
        return tape.node(operator, List.of(x), x.type(), x.extents());
    }

    static Value binary(Tape tape, String operator, Value a, Value b, ElementType type) {
        return tape.node(operator, List.of(a, b), type, broadcast(a, b));
    }

    private static List<Extent> broadcast(Value a, Value b) {
        List<Extent> extents = new ArrayList<>();
        for (int back = Math.max(a.rank(), b.rank()); back >= 1; back--) {
            Extent of = back > a.rank() ? Extent.of(1) : a.extent(a.rank() - back);
            Extent with = back > b.rank() ? Extent.of(1) : b.extent(b.rank() - back);
            if (!of.equals(with) && !of.isOne() && !with.isOne()) {
                throw new IllegalStateException("extents " + a + " and " + b + " do not go together");
            }
            extents.add(of.isOne() ? with : of);
        }
        return extents;
    }

    /** A derivative by a broadcast result, summed to the extents of the operand. */
    static Value reduced(Tape tape, Value d, Value operand) {
        if (d.extents().equals(operand.extents())) {
            return d;
        }
        if (d.rank() == 2 && operand.extents().equals(List.of(d.extent(1)))) {
            return Reductions.rows(tape, d);
        }
        int leading = d.rank() - operand.rank();
        List<Long> gone = new ArrayList<>();
        List<Long> kept = new ArrayList<>();
        for (int axis = 0; axis < d.rank(); axis++) {
            if (axis < leading) {
                gone.add((long) axis);
            } else if (operand.extent(axis - leading).isOne() && !d.extent(axis).isOne()) {
                kept.add((long) axis - leading);
            }
        }
        Value sum = gone.isEmpty() ? d : Reductions.sum(tape, d, false, longs(gone));
        return kept.isEmpty() ? sum : Reductions.sum(tape, sum, true, longs(kept));
    }

    private static long[] longs(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
