package org.aiis.conformance.catalogue;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Special values of clause 4.2.1. */
public final class Specials {
    private Specials() {}

    /** Every special number of a format but NaN and the infinities, of either sign. */
    public static double[] finite(FloatFormat f) {
        double[] positive = {
            0.0,
            f.smallestSubnormal(),
            f.smallestNormal() - f.smallestSubnormal(),
            f.smallestNormal(),
            f.smallestNormal() + f.smallestSubnormal(),
            1 - f.unitRoundoff(),
            1,
            1 + 2 * f.unitRoundoff(),
            0.5,
            2,
            f.largestFinite()
        };
        return DoubleStream.of(positive).flatMap(x -> DoubleStream.of(x, -x)).toArray();
    }

    /** The same and the infinities. */
    public static double[] numbers(FloatFormat f) {
        return DoubleStream.concat(
                        DoubleStream.of(finite(f)), DoubleStream.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .toArray();
    }

    /** The same and NaN. */
    public static double[] all(FloatFormat f) {
        return DoubleStream.concat(DoubleStream.of(numbers(f)), DoubleStream.of(Double.NaN))
                .toArray();
    }

    /** Extremes, neighbours of zero and of powers of two that an integer type holds. */
    public static long[] integers(ElementType type) {
        long min = type.minInteger();
        long max = type.maxInteger();
        long[] all = type.isSigned()
                ? new long[] {min, min + 1, -65, -64, -63, -1, 0, 1, 2, 63, 64, 65, max - 1, max}
                : new long[] {0, 1, 2, 63, 64, 65, 127, 128, 129, max - 1, max};
        return LongStream.of(all).filter(v -> type.wrap(v) == v).toArray();
    }

    /** The values three times over, so that each stands in several lanes of a vector register and in a remainder loop. */
    public static Tensor inEveryPosition(ElementType type, double... values) {
        int n = 3 * values.length + 1;
        Tensor.Builder tensor = new Tensor.Builder(type, Shape.of(n));
        for (int i = 0; i < n; i++) {
            tensor.setReal(i, values[(i + i / values.length) % values.length]);
        }
        return tensor.build();
    }

    /** What the type has to offer: special numbers, integer extremes, both bools, odd strings. */
    public static Tensor of(ElementType type) {
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(Shape.of(6), java.util.List.of("", "a", "NaN", "ä€", " b ", "\n"));
        }
        if (type == ElementType.BOOL) {
            return Tensor.ofLongs(type, Shape.of(2), 0, 1);
        }
        if (type.isFloat()) {
            double[] values = all(type.format());
            return Tensor.ofReals(type, Shape.of(values.length), values);
        }
        long[] values = integers(type);
        return Tensor.ofLongs(type, Shape.of(values.length), values);
    }
}
