package org.aiis.reference.operators.pooling;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The largest element of each bin of each region (image, x1, y1, x2, y2); X [N, C, H, W], rois [R, 5], Y [R, C, h, w].
 *
 * <p>As in Fast R-CNN (Girshick 2015), since ONNX gives no formula (OP-MaxRoiPool-D1): corners times spatial_scale are
 * rounded, both belong to the region, which is at least 1 by 1; a bin goes from the floor of its beginning to the ceiling
 * of its end; an empty bin is 0. Bits are kept. Source: ONNX operator text of opset 1, 22.
 */
public final class MaxRoiPool implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T rois:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .required("pooled_shape", AttributeType.INTS)
                .attribute(Attribute.of("spatial_scale", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Shape rois = call.input(1).shape();
        long[] pooled = call.attributes().integers("pooled_shape");
        if (x.shape().rank() != 4 || rois.rank() != 2 || rois.dim(1) != 5 || pooled.length != 2) {
            throw call.refusal("X has shape " + x.shape() + " and rois " + rois);
        }
        Shape shape = call.shape(rois.dim(0), x.shape().dim(1), pooled[0], pooled[1]);
        int height = x.shape().dim(2);
        int width = x.shape().dim(3);
        call.spend((long) shape.size() * height * width);
        int[] order = new int[1];
        int[] starts = new int[shape.size() + 1];
        int count = 0;
        for (int i = 0; i < shape.size(); i++) {
            int plane = i / shape.dim(3) / shape.dim(2);
            int roi = plane / shape.dim(1);
            double image = call.input(1).reals().hi(5 * roi);
            if (image != Math.rint(image) || image < 0 || image >= x.shape().dim(0)) {
                throw call.refusal("image " + image + " of " + x.shape().dim(0));
            }
            int base = (((int) image) * shape.dim(1) + plane % shape.dim(1)) * height * width;
            long[] rows = bin(call, roi, 2, i / shape.dim(3) % shape.dim(2), shape.dim(2), height);
            long[] columns = bin(call, roi, 1, i % shape.dim(3), shape.dim(3), width);
            int most = (int) ((rows[1] - rows[0]) * (columns[1] - columns[0]));
            order = count + most < order.length ? order : Arrays.copyOf(order, 2 * (count + most) + 1);
            for (long row = rows[0]; row < rows[1]; row++) {
                for (long column = columns[0]; column < columns[1]; column++) {
                    order[count++] = base + (int) (row * width + column);
                }
            }
            if (count == starts[i]) {
                order[count++] = x.size();
            }
            starts[i + 1] = count;
        }
        Value all = Value.join(List.of(x, Value.of(new Tensor.Builder(x.type(), Shape.of(1)).build())));
        int[] at = Extremes.places(call.arithmetic(), Relation.GREATER, all.numbers(), order, starts);
        return List.of(all.gather(at, shape));
    }

    /** First element of a bin along an axis, and the first one behind it. */
    private static long[] bin(Call call, int roi, int corner, int bin, int bins, int extent) {
        double scale = call.attributes().real("spatial_scale");
        long first = Math.round(call.input(1).reals().hi(5 * roi + corner) * scale);
        long last = Math.round(call.input(1).reals().hi(5 * roi + corner + 2) * scale);
        double size = (double) Math.max(last - first + 1, 1) / bins;
        long from = ((long) Math.floor(bin * size)) + first;
        long to = ((long) Math.ceil((bin + 1) * size)) + first;
        long low = Math.max(0, Math.min(from, extent));
        return new long[] {low, Math.max(low, Math.min(to, extent))};
    }
}
