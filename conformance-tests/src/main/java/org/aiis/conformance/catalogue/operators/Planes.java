package org.aiis.conformance.catalogue.operators;

import org.aiis.conformance.catalogue.Specials;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Special values one by one: a channel full of each, so that none meets another in a sum. */
final class Planes {
    private Planes() {}

    /** All of them, as [1, values, spatial…]. */
    static Tensor all(Setting s, int... spatial) {
        return of(s, Specials.all(s.type().format()), spatial);
    }

    /** All but NaN. */
    static Tensor numbers(Setting s, int... spatial) {
        return of(s, Specials.numbers(s.type().format()), spatial);
    }

    static Tensor of(Setting s, double[] values, int... spatial) {
        int[] dims = new int[spatial.length + 2];
        dims[0] = 1;
        dims[1] = values.length;
        System.arraycopy(spatial, 0, dims, 2, spatial.length);
        int extent = Shape.of(spatial).size();
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(dims));
        for (int i = 0; i < values.length * extent; i++) {
            tensor.setReal(i, values[i / extent]);
        }
        return tensor.build();
    }

    /** As many channels as there are special values. */
    static int count(Setting s) {
        return Specials.all(s.type().format()).length;
    }
}
