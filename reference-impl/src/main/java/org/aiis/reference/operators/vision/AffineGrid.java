package org.aiis.reference.operators.vision;

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
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * theta · (x, y, 1), or theta · (x, y, z, 1), at positions spread evenly from −1 to 1 over the axes of size: theta [N, r, r
 * + 1], size (N, C, D…), grid [N, D…, r]. Positions are centres of elements; with align_corners the outer centres are at
 * ±1, and one element lies at 0 (OP-AffineGrid-D1).
 *
 * <p>σ is the running error, with that of the positions. Source: ONNX operator text of opset 20.
 */
public final class AffineGrid implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("theta:T1 size:T2 -> grid:T1")
                .type("T1", Types.FLOAT)
                .type("T2", Types.set(ElementType.INT64))
                .attribute(Attribute.of("align_corners", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        long[] size = Axes.list(call, 1, false);
        int axes = size.length - 2;
        Shape theta = call.input(0).shape();
        if (axes != 2 && axes != 3 || !theta.equals(Shape.of((int) Math.min(size[0], 1 << 26), axes, axes + 1))) {
            throw call.refusal("theta has shape " + theta + " and size is " + Arrays.toString(size));
        }
        long[] dims = Arrays.copyOfRange(size, 1, size.length + 1);
        dims[0] = size[0];
        dims[axes + 1] = axes;
        Shape shape = call.shape(dims);
        Arithmetic a = call.arithmetic();
        int columns = axes + 1;
        int[] factors = new int[call.shape(shape.size(), columns).size()];
        double[] index = new double[factors.length];
        double[] last = new double[factors.length];
        for (int i = 0; i < factors.length; i++) {
            int column = i % columns;
            int result = i / columns;
            int image = result / Math.max(1, Axes.extent(shape.toArray(), 1, shape.rank()));
            factors[i] = (image * axes + result % axes) * columns + column;
            // The first column is the innermost axis.
            int axis = axes - 1 - column;
            int inner = Axes.extent(shape.toArray(), axis + 2, shape.rank());
            index[i] = axis < 0 ? 0 : result / inner % shape.dim(axis + 1);
            last[i] = axis < 0 ? 0 : shape.dim(axis + 1);
        }
        Numbers positions = positions(call, a, index, last);
        Numbers products = a.binary(Binary.MUL, call.input(0).numbers().gather(factors), positions);
        return List.of(
                Value.of(call.input(0).type(), shape, a.sums(products, Arithmetic.equalRuns(shape.size(), columns))));
    }

    /** −1 + (2·index + 1) / extent, or −1 + 2·index / (extent − 1); 1 where the extent is 0, for the last column. */
    private static Numbers positions(Call call, Arithmetic a, double[] index, double[] extent) {
        boolean corners = call.attributes().flag("align_corners");
        double[] twice = new double[index.length];
        double[] parts = new double[index.length];
        double[] shift = new double[index.length];
        for (int i = 0; i < index.length; i++) {
            boolean one = extent[i] == 0 || corners && extent[i] == 1;
            twice[i] = extent[i] == 0 ? 1 : one ? 0 : 2 * index[i] + (corners ? 0 : 1);
            parts[i] = one ? 1 : extent[i] - (corners ? 1 : 0);
            shift[i] = one ? 0 : 1;
        }
        return a.binary(Binary.SUB, a.binary(Binary.DIV, Reals.own(twice), Reals.own(parts)), Reals.own(shift));
    }
}
