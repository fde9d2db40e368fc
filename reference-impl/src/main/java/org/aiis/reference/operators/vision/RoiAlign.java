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
import org.aiis.spec.tensor.Shape;

/**
 * For each region (x1, y1, x2, y2) of an image a fixed number of bins, each the mean or the maximum of samples at the
 * centres of a grid inside it, by linear interpolation. X [N, C, H, W], rois [R, 4], batch_indices [R], Y [R, C, h, w].
 *
 * <p>Coordinates are calculated in the type of X. A sample more than one element outside is 0, one nearer is that of the
 * edge. max is taken of the interpolated samples (OP-RoiAlign-D1); without samples the bin is 0. Before opset 16 the
 * transformation is output_half_pixel. Source: ONNX operator text of opset 10, 16, 22.
 */
public final class RoiAlign implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature = Signature.of("X:T1 rois:T1 batch_indices:int64 -> Y:T1")
                .type("T1", opset < 22 ? Types.IEEE : Types.FLOAT)
                .words(Attribute.of("mode", "avg"), "avg", "max")
                .attribute(Attribute.of("output_height", 1))
                .attribute(Attribute.of("output_width", 1))
                .attribute(Attribute.of("sampling_ratio", 0))
                .attribute(Attribute.of("spatial_scale", 1f));
        return opset < 16
                ? signature
                : signature.words(
                        Attribute.of("coordinate_transformation_mode", "half_pixel"),
                        "half_pixel",
                        "output_half_pixel");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape x = call.input(0).shape();
        Shape rois = call.input(1).shape();
        if (x.rank() != 4
                || rois.rank() != 2
                || rois.dim(1) != 4
                || !call.input(2).shape().equals(Shape.of(rois.dim(0)))) {
            throw call.refusal("X has shape " + x + ", rois " + rois + " and batch_indices "
                    + call.input(2).shape());
        }
        Shape shape = call.shape(
                rois.dim(0),
                x.dim(1),
                call.attributes().integer("output_height"),
                call.attributes().integer("output_width"));
        Bins rows = Bins.of(call, 1, shape.dim(2));
        Bins columns = Bins.of(call, 0, shape.dim(3));
        return List.of(pooled(call, shape, rows, columns));
    }

    private static Value pooled(Call call, Shape shape, Bins rows, Bins columns) {
        Shape x = call.input(0).shape();
        long[] images = call.input(2).longs();
        long samples = 0;
        for (int i = 0; i < shape.size(); i++) {
            int roi = i / Axes.extent(shape.toArray(), 1, 4);
            samples += (long) rows.counts[roi] * columns.counts[roi];
        }
        int total = call.shape(samples).size();
        int[] bases = new int[total];
        int[] row = new int[total];
        int[] column = new int[total];
        int[] starts = new int[shape.size() + 1];
        int count = 0;
        for (int i = 0; i < shape.size(); i++) {
            int bin = i % (shape.dim(2) * shape.dim(3));
            int plane = i / (shape.dim(2) * shape.dim(3));
            int roi = plane / shape.dim(1);
            if (images[roi] < 0 || images[roi] >= x.dim(0)) {
                throw call.refusal("batch index " + images[roi] + " of " + x.dim(0) + " images");
            }
            int base = ((int) images[roi] * x.dim(1) + plane % shape.dim(1)) * x.dim(2) * x.dim(3);
            for (int k = 0; k < rows.counts[roi] * columns.counts[roi]; k++) {
                bases[count] = base;
                row[count] = rows.place(roi, bin / shape.dim(3), k / columns.counts[roi]);
                column[count++] = columns.place(roi, bin % shape.dim(3), k % columns.counts[roi]);
            }
            starts[i + 1] = count;
        }
        int[] dims = {x.dim(2), x.dim(3)};
        Arithmetic a = call.arithmetic();
        Sampler.Found found = new Sampler(call, a, a, Filter.linear(), edge(dims), dims)
                .sample(
                        call.input(0).numbers(),
                        bases,
                        List.of(rows.points.gather(row), columns.points.gather(column)));
        Numbers result =
                call.attributes().word("mode").equals("avg") ? mean(a, found, starts) : largest(a, found.all(), starts);
        return Value.of(call.input(0).type(), shape, result);
    }

    /** Errors of coordinates are those of one region for all its samples, so they do not average out. */
    private static Numbers mean(Arithmetic a, Sampler.Found found, int[] starts) {
        double[] counts = new double[starts.length - 1];
        double[] errors = new double[counts.length];
        double[] each = found.coordinateErrors();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.max(1, starts[i + 1] - starts[i]);
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                errors[i] += each[k] / counts[i];
            }
        }
        Numbers means = a.binary(Binary.DIV, a.sums(found.values(), starts), Reals.own(counts));
        return ((Reals) means).withMoreErrors(errors);
    }

    private static Numbers largest(Arithmetic a, Numbers samples, int[] starts) {
        List<Numbers> results = new ArrayList<>(List.of(a.constant(0, 0)));
        for (int i = 0; i < starts.length - 1; i++) {
            Numbers best = starts[i] == starts[i + 1] ? a.constant(0, 1) : samples.gather(new int[] {starts[i]});
            for (int k = starts[i] + 1; k < starts[i + 1]; k++) {
                best = a.binary(Binary.MAX, best, samples.gather(new int[] {k}));
            }
            results.add(best);
        }
        return Numbers.join(results);
    }

    private static Sampler.Edge edge(int[] dims) {
        return new Sampler.Edge() {
            @Override
            public int index(long index, int axis) {
                return dims[axis] == 0 ? -1 : (int) Math.max(0, Math.min(index, dims[axis] - 1));
            }

            @Override
            public boolean misses(double coordinate, int axis) {
                return coordinate < -1 || coordinate > dims[axis];
            }
        };
    }

    /** The samples of all regions along one axis: how many a bin has, and where a region's first one is, by region. */
    private static final class Bins {
        private final int[] counts;
        private final int[] firsts;
        private final Numbers points;

        Bins(int[] counts, int[] firsts, Numbers points) {
            this.counts = counts;
            this.firsts = firsts;
            this.points = points;
        }

        int place(int roi, int bin, int sample) {
            return firsts[roi] + bin * counts[roi] + sample;
        }

        static Bins of(Call call, int column, int bins) {
            Arithmetic a = call.arithmetic();
            int regions = call.input(1).shape().dim(0);
            Numbers start = edge(call, column, regions);
            Numbers extent = a.binary(Binary.SUB, edge(call, column + 2, regions), start);
            if (!shifted(call)) {
                extent = a.binary(Binary.MAX, extent, a.constant(1, regions));
            }
            Numbers size = a.binary(Binary.DIV, extent, a.constant(bins, regions));
            long ratio = call.attributes().integer("sampling_ratio");
            int[] counts = new int[regions];
            int[] firsts = new int[regions];
            long total = 0;
            for (int i = 0; i < regions; i++) {
                double count = ratio > 0 ? (double) ratio : Math.ceil(((Reals) size).hi(i));
                counts[i] = (int) Math.max(0, Math.min(count, Integer.MAX_VALUE));
                firsts[i] = (int) total;
                total = call.shape(total + (long) bins * counts[i]).size();
            }
            int[] owner = new int[(int) total];
            double[] bin = new double[owner.length];
            double[] part = new double[owner.length];
            double[] parts = new double[owner.length];
            for (int i = 0; i < regions; i++) {
                for (int k = 0; k < bins * counts[i]; k++) {
                    owner[firsts[i] + k] = i;
                    bin[firsts[i] + k] = Math.floorDiv(k, counts[i]);
                    part[firsts[i] + k] = k % counts[i] + 0.5;
                    parts[firsts[i] + k] = counts[i];
                }
            }
            Numbers sizes = size.gather(owner);
            Numbers before = a.binary(Binary.MUL, Reals.own(bin), sizes);
            Numbers inside = a.binary(Binary.DIV, a.binary(Binary.MUL, Reals.own(part), sizes), Reals.own(parts));
            Numbers corner = a.binary(Binary.ADD, start.gather(owner), before);
            return new Bins(counts, firsts, a.binary(Binary.ADD, corner, inside));
        }

        private static boolean shifted(Call call) {
            return call.attributes().has("coordinate_transformation_mode")
                    && call.attributes().word("coordinate_transformation_mode").equals("half_pixel");
        }

        /** One coordinate of all regions, in elements. */
        private static Numbers edge(Call call, int column, int regions) {
            Arithmetic a = call.arithmetic();
            int[] at = new int[regions];
            Arrays.setAll(at, i -> 4 * i + column);
            Numbers scale = a.constant(call.attributes().real("spatial_scale"), regions);
            Numbers scaled = a.binary(Binary.MUL, call.input(1).numbers().gather(at), scale);
            return shifted(call) ? a.binary(Binary.SUB, scaled, a.constant(0.5, regions)) : scaled;
        }
    }
}
