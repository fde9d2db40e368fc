package org.aiis.reference.operators.reduction;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The runs of elements that a reduction brings together. Axes come as an attribute or, where the signature says so, as
 * the second input; none means all, or with noop_with_empty_axes none at all.
 */
final class Reduction {
    /** Places of the elements, run by run. */
    final int[] order;
    /** Elements of a run. */
    final int length;

    final Shape shape;

    private Reduction(int[] order, int length, Shape shape) {
        this.order = order;
        this.length = length;
        this.shape = shape;
    }

    /** The signature of a reduction whose axes become an input at an opset version. */
    static Signature signature(int opset, int axesAreInput, Set<ElementType> types) {
        Signature signature = opset < axesAreInput
                ? Signature.of("data:T -> reduced:T").optional("axes", AttributeType.INTS)
                : Signature.of("data:T axes?:int64 -> reduced:T").attribute(Attribute.of("noop_with_empty_axes", 0));
        return signature.type("T", types).attribute(Attribute.of("keepdims", 1));
    }

    static Reduction of(Call call) {
        Shape data = call.input(0).shape();
        long[] given = call.has(1)
                ? Axes.list(call, 1, false)
                : call.attributes().has("axes") ? call.attributes().integers("axes") : new long[0];
        boolean none = call.attributes().has("noop_with_empty_axes")
                && call.attributes().flag("noop_with_empty_axes");
        int[] axes = given.length == 0 && !none
                ? IntStream.range(0, data.rank()).toArray()
                : Axes.axes(call, given, data.rank());
        return of(call, axes, call.attributes().flag("keepdims"));
    }

    static Reduction of(Call call, int[] axes, boolean keepDims) {
        int[] dims = call.input(0).shape().toArray();
        int[] steps = Walk.steps(dims);
        boolean[] reduced = new boolean[dims.length];
        Arrays.stream(axes).forEach(axis -> reduced[axis] = true);
        int[] kept =
                IntStream.range(0, dims.length).filter(axis -> !reduced[axis]).toArray();
        int[] sequence =
                IntStream.concat(Arrays.stream(kept), Arrays.stream(axes)).toArray();
        int[] order = Walk.places(
                Arrays.stream(sequence).map(axis -> dims[axis]).toArray(),
                Arrays.stream(sequence).map(axis -> steps[axis]).toArray(),
                0);
        long[] shape = keepDims
                ? IntStream.range(0, dims.length)
                        .mapToLong(axis -> reduced[axis] ? 1 : dims[axis])
                        .toArray()
                : Arrays.stream(kept).mapToLong(axis -> dims[axis]).toArray();
        int length = Arrays.stream(axes).map(axis -> dims[axis]).reduce(1, (a, b) -> a * b);
        return new Reduction(order, length, call.shape(shape));
    }

    /** The first input, as float64 where it is an integer: for functions that integers do not have. */
    static Value real(Call call) {
        Value x = call.input(0);
        return x.type().isFloat() ? x : Conversion.of(call, x, ElementType.FLOAT64);
    }

    /** One number a run as a result of the first input's type. */
    Value result(Call call, ElementType type, Numbers numbers) {
        return Conversion.of(call, Value.of(type, shape, numbers), call.input(0).type());
    }

    int[] starts() {
        return Arithmetic.equalRuns(shape.size(), length);
    }

    /** The extreme of each run, or the given value for runs without elements. */
    Value extreme(Call call, Relation better, Value otherwise) {
        Value x = call.input(0);
        if (length == 0) {
            return otherwise.gather(new int[shape.size()], shape);
        }
        return x.gather(Extremes.places(call.arithmetic(), better, x.numbers(), order, starts()), shape);
    }
}
