package org.aiis.reference.operators.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * For each batch and class the boxes from the highest score on, without those that overlap one already taken by more than
 * iou_threshold, and without those that score less than score_threshold. boxes [N, B, 4], scores [N, C, B],
 * selected_indices [·, 3] with (batch, class, box).
 *
 * <p>Overlap is calculated in binary64. Of equal scores the lower index comes first (OP-NonMaxSuppression-D1). A box
 * without area overlaps nothing; a NaN score is never selected. Source: ONNX operator text of opset 11.
 */
public final class NonMaxSuppression implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("boxes:float32 scores:float32 max_output_boxes_per_class?:int64"
                        + " iou_threshold?:float32 score_threshold?:float32 -> selected_indices:int64")
                .attribute(Attribute.of("center_point_box", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape boxes = call.input(0).shape();
        Shape scores = call.input(1).shape();
        if (boxes.rank() != 3
                || boxes.dim(2) != 4
                || scores.rank() != 3
                || scores.dim(0) != boxes.dim(0)
                || scores.dim(2) != boxes.dim(1)) {
            throw call.refusal("boxes have shape " + boxes + " and scores " + scores);
        }
        long most = call.has(2) ? one(call, 2).longs()[0] : 0;
        double overlap = call.has(3) ? one(call, 3).reals().hi(0) : 0;
        if (!(overlap >= 0 && overlap <= 1)) {
            throw call.refusal("iou_threshold " + overlap + " is not in [0, 1]");
        }
        double least = call.has(4) ? one(call, 4).reals().hi(0) : Double.NEGATIVE_INFINITY;
        Reals score = call.input(1).reals();
        int count = boxes.dim(1);
        List<Long> selected = new ArrayList<>();
        for (int lane = 0; lane < scores.dim(0) * scores.dim(1); lane++) {
            int base = lane * count;
            int batch = lane / scores.dim(1);
            List<Integer> order = IntStream.range(0, count)
                    .filter(i -> score.hi(base + i) >= least)
                    .boxed()
                    .sorted((a, b) -> Double.compare(score.hi(base + b) + 0.0, score.hi(base + a) + 0.0))
                    .toList();
            List<Box> taken = new ArrayList<>();
            for (int i = 0; i < order.size() && taken.size() < most; i++) {
                Box box = Box.of(call, (batch * count + order.get(i)) * 4);
                call.spend(1L + taken.size());
                if (taken.stream().noneMatch(other -> box.overlap(other) > overlap)) {
                    taken.add(box);
                    selected.addAll(List.of((long) batch, (long) (lane % scores.dim(1)), (long) order.get(i)));
                }
            }
        }
        long[] indices = selected.stream().mapToLong(Long::longValue).toArray();
        return List.of(Value.integers(Shape.of(indices.length / 3, 3), indices));
    }

    private static Value one(Call call, int input) {
        if (call.input(input).size() != 1) {
            throw call.refusal(
                    "input " + input + " has shape " + call.input(input).shape() + ", must be a scalar");
        }
        return call.input(input);
    }

    private record Box(double top, double left, double bottom, double right) {
        static Box of(Call call, int at) {
            Reals all = call.input(0).reals();
            double a = all.hi(at);
            double b = all.hi(at + 1);
            double c = all.hi(at + 2);
            double d = all.hi(at + 3);
            return call.attributes().integer("center_point_box") == 0
                    ? new Box(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d))
                    : new Box(b - d / 2, a - c / 2, b + d / 2, a + c / 2);
        }

        private double area() {
            return Math.max(0, bottom - top) * Math.max(0, right - left);
        }

        /** Intersection over union. */
        double overlap(Box other) {
            double common = new Box(
                            Math.max(top, other.top),
                            Math.max(left, other.left),
                            Math.min(bottom, other.bottom),
                            Math.min(right, other.right))
                    .area();
            return common > 0 ? common / (area() + other.area() - common) : 0;
        }
    }
}
