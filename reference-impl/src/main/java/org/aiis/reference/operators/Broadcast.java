package org.aiis.reference.operators;

import java.util.List;
import org.aiis.spec.tensor.Shape;

/** Multidirectional broadcasting as ONNX takes it from NumPy: shapes aligned at the right, extents equal or 1. */
public final class Broadcast {
    private final List<Shape> operands;
    private final Shape shape;

    private Broadcast(List<Shape> operands, Shape shape) {
        this.operands = operands;
        this.shape = shape;
    }

    /** Refuses shapes that do not broadcast. */
    public static Broadcast of(Call call, List<Shape> operands) {
        int rank = operands.stream().mapToInt(Shape::rank).max().orElse(0);
        long[] dims = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = 1;
            for (Shape operand : operands) {
                int own = axis - rank + operand.rank();
                long dim = own < 0 ? 1 : operand.dim(own);
                if (dim != 1 && dims[axis] != 1 && dim != dims[axis]) {
                    throw call.refusal("shapes " + operands + " do not broadcast");
                }
                dims[axis] = dims[axis] == 1 ? dim : dims[axis];
            }
        }
        return new Broadcast(operands, call.shape(dims));
    }

    /** Unidirectional: refuses an operand that would make the target larger. */
    public static Value to(Call call, Shape target, Value operand) {
        Broadcast broadcast = of(call, List.of(target, operand.shape()));
        if (!broadcast.shape.equals(target)) {
            throw call.refusal("shape " + operand.shape() + " does not broadcast to " + target);
        }
        return broadcast.apply(1, operand);
    }

    public Shape shape() {
        return shape;
    }

    /** The operand at a place, with its elements repeated to fill the common shape. */
    public Value apply(int operand, Value value) {
        return value.shape().equals(shape) ? value : value.gather(places(operand), shape);
    }

    /** For each element of the common shape its place in the operand. */
    public int[] places(int operand) {
        Shape own = operands.get(operand);
        int rank = shape.rank();
        int[] steps = new int[rank];
        int step = 1;
        for (int axis = own.rank() - 1; axis >= 0; axis--) {
            steps[rank - own.rank() + axis] = own.dim(axis) == 1 ? 0 : step;
            step *= own.dim(axis);
        }
        return Walk.places(shape.toArray(), steps, 0);
    }
}
