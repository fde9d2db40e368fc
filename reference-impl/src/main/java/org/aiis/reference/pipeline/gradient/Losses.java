package org.aiis.reference.pipeline.gradient;

import java.util.List;
import java.util.stream.LongStream;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;

/** Losses that are taken whole, since the derivative of the whole is simpler and steadier than that of its parts. */
public final class Losses {
    private Losses() {}

    /** One row a record with 1 at its class, {@code [n]} int64 to {@code [n, classes]}. OneHot has no float64 everywhere. */
    public static Value oneHot(Tape tape, Value labels, int classes) {
        Value column = tape.node(
                "Unsqueeze", List.of(labels, tape.integers(1)), labels.type(), List.of(labels.extent(0), Extent.of(1)));
        return Elementwise.indicator(
                tape,
                "Equal",
                column,
                tape.integers(LongStream.range(0, classes).toArray()));
    }

    /** Mean over the records of the cross-entropy of the softmax of {@code scores [n, classes]}; extents {@code [1]}. */
    public static Value crossEntropy(Tape tape, Value scores, Value labels) {
        Value target = oneHot(tape, labels, (int) scores.extent(1).number());
        Value share = Elementwise.div(tape, tape.real(1), count(tape, labels));
        Value logs =
                tape.node("LogSoftmax", List.of(scores), scores.type(), scores.extents(), Attribute.of("axis", -1));
        Value sum = whole(tape, Elementwise.binary(tape, "Mul", logs, target, scores.type()));
        Value loss = Elementwise.binary(tape, "Mul", Elementwise.unary(tape, "Neg", sum), share, scores.type());
        return tape.remember(
                List.of(scores),
                loss,
                d -> d.add(scores, () -> {
                    Value away = Elementwise.sub(tape, Elementwise.exp(tape, logs), target);
                    return Elementwise.mul(tape, Elementwise.mul(tape, away, share), d.at(loss));
                }));
    }

    /**
     * Mean over all elements of −y·log σ(z) − (1 − y)·log(1 − σ(z)), as max(z, 0) − z·y + log(1 + exp(−|z|)), which does not
     * overflow; extents {@code [1]}. The first axis of z is known at the run alone, the others are numbers.
     */
    public static Value logistic(Tape tape, Value z, Value y) {
        Value share = Elementwise.div(tape, tape.real(1), count(tape, z));
        Value away = Elementwise.unary(tape, "Neg", Elementwise.unary(tape, "Abs", z));
        Value rest = Elementwise.unary(
                tape,
                "Log",
                Elementwise.binary(tape, "Add", tape.real(1), Elementwise.unary(tape, "Exp", away), z.type()));
        Value product = Elementwise.binary(tape, "Mul", z, y, z.type());
        Value linear = Elementwise.binary(tape, "Sub", Elementwise.unary(tape, "Relu", z), product, z.type());
        Value sum = whole(tape, Elementwise.binary(tape, "Add", linear, rest, z.type()));
        Value loss = Elementwise.binary(tape, "Mul", sum, share, z.type());
        return tape.remember(
                List.of(z),
                loss,
                d -> d.add(z, () -> {
                    Value off = Elementwise.sub(tape, Elementwise.unary(tape, "Sigmoid", z), y);
                    return Elementwise.mul(tape, off, Elementwise.mul(tape, share, d.at(loss)));
                }));
    }

    /** Mean over all elements of (x − y)²; extents {@code [1]}. */
    public static Value squares(Tape tape, Value x, Value y) {
        Value off = Elementwise.sub(tape, x, y);
        long[] axes = LongStream.range(0, x.rank()).toArray();
        Value mean = Reductions.mean(tape, Elementwise.mul(tape, off, off), true, axes);
        return Layout.reshape(tape, mean, Extent.of(1));
    }

    /** How many elements there are, {@code [1]}. */
    private static Value count(Tape tape, Value x) {
        Value size = tape.node("Size", List.of(x), ElementType.INT64, List.of());
        Value one = tape.node("Unsqueeze", List.of(size, tape.integers(0)), ElementType.INT64, List.of(Extent.of(1)));
        return Elementwise.cast(tape, one, tape.real());
    }

    private static Value whole(Tape tape, Value x) {
        AttributeProto drop = Attribute.of("keepdims", 0);
        long[] axes = LongStream.range(0, x.rank()).toArray();
        Value sum = tape.node("ReduceSum", List.of(x, tape.integers(axes)), x.type(), List.of(), drop);
        return tape.node("Reshape", List.of(sum, tape.integers(1)), x.type(), List.of(Extent.of(1)));
    }
}
