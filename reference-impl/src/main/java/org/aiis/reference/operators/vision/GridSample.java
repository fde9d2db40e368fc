package org.aiis.reference.operators.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Elements of X [N, C, D1…Dr] at the points of grid [N, O1…Or, r], whose coordinates are listed from the innermost axis on
 * and go from −1 to 1: from the first element's centre to the last one's with align_corners, else from edge to edge.
 *
 * <p>Coordinates and weights are calculated in the type of grid or of X, whichever is coarser: ONNX does not say in which
 * (OP-GridSample-D3). nearest keeps bits and takes the even index of two equally near ones; padding zeros gives the zero of the type or the empty string. Integers are interpolated as reals and cast.
 * reflection is at the centres of the outer elements with align_corners, else at their edges. Source: ONNX operator text
 * of opset 16, 20, 22.
 */
public final class GridSample implements Operator {
    @Override
    public Signature signature(int opset) {
        String[] modes = opset < 20
                ? new String[] {"bilinear", "nearest", "bicubic"}
                : new String[] {"linear", "nearest", "cubic"};
        return Signature.of("X:T1 grid:T2 -> Y:T1")
                .type("T1", opset < 22 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.ANY)
                .type("T2", opset < 22 ? Types.IEEE : Types.FLOAT)
                .words(Attribute.of("mode", modes[0]), modes)
                .words(Attribute.of("padding_mode", "zeros"), "zeros", "border", "reflection")
                .attribute(Attribute.of("align_corners", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Shape shape = result(call);
        int[] dims = Arrays.copyOfRange(x.shape().toArray(), 2, x.shape().rank());
        int plane = Axes.extent(dims, 0, dims.length);
        int positions = Axes.extent(shape.toArray(), 2, shape.rank());
        int[] bases = new int[shape.size()];
        Arrays.setAll(bases, i -> i / positions * plane);
        List<Numbers> points = points(call, shape, dims);
        Sampler.Edge edge = edge(call, dims);
        String mode = call.attributes().word("mode");
        if (mode.equals("nearest")) {
            return List.of(nearest(x, shape, bases, points, edge, dims));
        }
        if (x.type() == ElementType.BOOL || x.type() == ElementType.STRING) {
            throw call.refusal(
                    "mode " + mode + " of elements of type " + x.type().label());
        }
        Value real = x.type().isFloat() ? x : Conversion.of(call, x, ElementType.FLOAT64);
        Filter filter = mode.endsWith("linear") ? Filter.linear() : Filter.cubic(-0.75);
        Arithmetic weighing = call.arithmetic(weighing(call));
        Numbers found = new Sampler(call, weighing, call.arithmetic(real.type()), filter, edge, dims)
                .sample(real.numbers(), bases, points)
                .all();
        return List.of(Conversion.of(call, Value.of(real.type(), shape, found), x.type()));
    }

    private static ElementType weighing(Call call) {
        ElementType x = call.input(0).type();
        ElementType grid = call.input(1).type();
        return x.isFloat() && x.format().unitRoundoff() > grid.format().unitRoundoff() ? x : grid;
    }

    private static Shape result(Call call) {
        Shape x = call.input(0).shape();
        Shape grid = call.input(1).shape();
        if (x.rank() < 3 || grid.rank() != x.rank() || grid.dim(grid.rank() - 1) != x.rank() - 2) {
            throw call.refusal("X has shape " + x + " and grid " + grid);
        }
        if (grid.dim(0) != x.dim(0) || call.opset() < 20 && x.rank() != 4) {
            throw call.refusal("X has shape " + x + " and grid " + grid + " at opset " + call.opset());
        }
        long[] dims = x.toLongs();
        Arrays.setAll(dims, axis -> axis < 2 ? x.dim(axis) : grid.dim(axis - 1));
        return call.shape(dims);
    }

    /** The coordinates of each result along each axis, in elements. */
    private static List<Numbers> points(Call call, Shape shape, int[] dims) {
        Value grid = call.input(1);
        Arithmetic a = call.arithmetic(weighing(call));
        int positions = Axes.extent(shape.toArray(), 2, shape.rank());
        boolean corners = call.attributes().flag("align_corners");
        List<Numbers> points = new ArrayList<>();
        for (int axis = 0; axis < dims.length; axis++) {
            int[] at = new int[shape.size()];
            for (int i = 0; i < at.length; i++) {
                int point = i / positions / shape.dim(1) * positions + i % positions;
                at[i] = point * dims.length + dims.length - 1 - axis;
            }
            Numbers from1 = a.binary(Binary.ADD, grid.numbers().gather(at), a.constant(1, at.length));
            Numbers scaled = a.binary(Binary.MUL, from1, a.constant(corners ? dims[axis] - 1 : dims[axis], at.length));
            Numbers shifted = corners ? scaled : a.binary(Binary.SUB, scaled, a.constant(1, at.length));
            points.add(a.binary(Binary.MUL, shifted, a.constant(0.5, at.length)));
        }
        return points;
    }

    private static Value nearest(
            Value x, Shape shape, int[] bases, List<Numbers> points, Sampler.Edge edge, int[] dims) {
        int[] steps = Walk.steps(dims);
        int[] at = new int[shape.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = bases[i];
            for (int axis = 0; axis < dims.length && at[i] < x.size(); axis++) {
                double nearest = Math.rint(((Reals) points.get(axis)).hi(i));
                int index = Double.isNaN(nearest) ? -1 : edge.index((long) nearest, axis);
                at[i] = index < 0 ? x.size() : at[i] + index * steps[axis];
            }
        }
        return Value.join(List.of(x, Zero.of(x.type()))).gather(at, shape);
    }

    private static Sampler.Edge edge(Call call, int[] dims) {
        boolean corners = call.attributes().flag("align_corners");
        return switch (call.attributes().word("padding_mode")) {
            case "border" -> (index, axis) -> dims[axis] == 0 ? -1 : (int) Math.max(0, Math.min(index, dims[axis] - 1));
            case "reflection" -> (index, axis) -> dims[axis] == 0 ? -1 : reflected(index, dims[axis], corners);
            default -> Sampler.zeros(dims);
        };
    }

    private static int reflected(long index, int extent, boolean corners) {
        if (corners) {
            long there = Math.floorMod(index, Math.max(1L, 2L * (extent - 1)));
            return (int) (extent == 1 ? 0 : Math.min(there, 2L * (extent - 1) - there));
        }
        long there = Math.floorMod(index, 2L * extent);
        return (int) Math.min(there, 2L * extent - 1 - there);
    }
}
