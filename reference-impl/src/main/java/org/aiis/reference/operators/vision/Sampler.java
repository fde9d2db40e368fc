package org.aiis.reference.operators.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Call;

/**
 * Samples planes of elements at fractional points: the sum of the elements around a point, each weighed by the product of
 * the filter's weights along the axes. An element of weight 0 is no term.
 */
public final class Sampler {
    /** What lies beyond the ends of an axis. */
    public interface Edge {
        /** The index of an element in place of one that may be out of range, or −1 where there is none. */
        int index(long index, int axis);

        /** Whether a point lies so far out that nothing is found there. */
        default boolean misses(double coordinate, int axis) {
            return false;
        }
    }

    /** Values with the errors of weights and sums alone, and the sigma that a point's coordinates add to each. */
    public static final class Found {
        private final Numbers values;
        private final double[] coordinateErrors;

        Found(Numbers values, double[] coordinateErrors) {
            this.values = values;
            this.coordinateErrors = coordinateErrors;
        }

        public Numbers values() {
            return values;
        }

        public double[] coordinateErrors() {
            return coordinateErrors;
        }

        /** With both errors. */
        public Numbers all() {
            return ((Reals) values).withMoreErrors(coordinateErrors);
        }
    }

    private final Call call;
    private final Arithmetic weighing;
    private final Arithmetic summing;
    private final Filter filter;
    private final Edge edge;
    private final int[] dims;

    /** Weights are calculated in the arithmetic of the coordinates, sums in that of the elements. */
    public Sampler(Call call, Arithmetic weighing, Arithmetic summing, Filter filter, Edge edge, int[] dims) {
        this.call = call;
        this.weighing = weighing;
        this.summing = summing;
        this.filter = filter;
        this.edge = edge;
        this.dims = dims.clone();
    }

    /** Zero beyond the ends. */
    public static Edge zeros(int[] dims) {
        return (index, axis) -> index < 0 || index >= dims[axis] ? -1 : (int) index;
    }

    /**
     * One value a point.
     *
     * @param bases place of a point's plane in x
     * @param points coordinates of all points along each axis
     */
    public Found sample(Numbers x, int[] bases, List<Numbers> points) {
        List<Numbers> exact = points.stream().map(Coordinates::exact).toList();
        Numbers values = values(x, bases, exact);
        Sampler moving = new Sampler(call, weighing.withoutErrors(), summing.withoutErrors(), filter, edge, dims);
        double[] errors = new double[bases.length];
        for (int axis = 0; axis < dims.length; axis++) {
            int moved = axis;
            double[] more = Coordinates.errors(points.get(axis), values, there -> {
                List<Numbers> others = new ArrayList<>(exact);
                others.set(moved, there);
                return moving.values(x, bases, others);
            });
            Arrays.setAll(errors, i -> StrictMath.hypot(errors[i], more[i]));
        }
        return new Found(values, errors);
    }

    private Numbers values(Numbers x, int[] bases, List<Numbers> points) {
        int taps = 2 * filter.reach();
        int combinations = 1;
        List<Numbers> weights = new ArrayList<>();
        for (int axis = 0; axis < dims.length; axis++) {
            combinations = call.shape(combinations, taps).size();
            weights.add(weights(points.get(axis), taps));
        }
        int size = call.shape(bases.length, combinations).size();
        int[] terms = new int[size];
        int[][] factors = new int[dims.length][size];
        int[] starts = new int[bases.length + 1];
        int count = 0;
        for (int i = 0; i < bases.length; i++) {
            for (int tap = 0; tap < combinations && !misses(points, i); tap++) {
                int place = place(points, weights, i, tap, taps, factors, count);
                if (place >= 0) {
                    terms[count++] = bases[i] + place;
                }
            }
            starts[i + 1] = count;
        }
        Numbers product = weights.get(0).gather(Arrays.copyOf(factors[0], count));
        for (int axis = 1; axis < dims.length; axis++) {
            Numbers factor = weights.get(axis).gather(Arrays.copyOf(factors[axis], count));
            product = weighing.binary(Binary.MUL, product, factor);
        }
        Numbers found = x.gather(Arrays.copyOf(terms, count));
        return summing.sums(summing.binary(Binary.MUL, product, found), starts);
    }

    private boolean misses(List<Numbers> points, int point) {
        for (int axis = 0; axis < dims.length; axis++) {
            if (edge.misses(((Reals) points.get(axis)).hi(point), axis)) {
                return true;
            }
        }
        return false;
    }

    /** The place in a plane of one tap of a point, whose weights are written down, or −1. */
    private int place(
            List<Numbers> points, List<Numbers> weights, int point, int tap, int taps, int[][] factors, int count) {
        int place = 0;
        int rest = tap;
        int step = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            int own = rest % taps;
            rest /= taps;
            int index = edge.index(first(points.get(axis), point) + own, axis);
            factors[axis][count] = point * taps + own;
            if (index < 0 || ((Reals) weights.get(axis)).hi(factors[axis][count]) == 0) {
                return -1;
            }
            place += index * step;
            step *= dims[axis];
        }
        return place;
    }

    /** The first index within reach of a point; far points are as good as any point out of range. */
    private long first(Numbers points, int point) {
        double floor = Math.floor(((Reals) points).hi(point));
        return ((long) Math.max(-0x1p40, Math.min(0x1p40, floor))) - filter.reach() + 1;
    }

    private Numbers weights(Numbers points, int taps) {
        int[] owner = new int[call.shape(points.size(), taps).size()];
        double[] index = new double[owner.length];
        for (int i = 0; i < owner.length; i++) {
            owner[i] = i / taps;
            index[i] = (double) (first(points, i / taps) + i % taps);
        }
        return filter.weights(weighing, weighing.binary(Binary.SUB, points.gather(owner), Reals.own(index)));
    }
}
