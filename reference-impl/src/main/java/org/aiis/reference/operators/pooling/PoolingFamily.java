package org.aiis.reference.operators.pooling;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The pooling, by name. */
public final class PoolingFamily {
    private PoolingFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("AveragePool", new AveragePool()),
                Known.of("GlobalAveragePool", new GlobalAveragePool()),
                Known.of("GlobalLpPool", new GlobalLpPool()),
                Known.of("GlobalMaxPool", new GlobalMaxPool()),
                Known.of("LpPool", new LpPool()),
                Known.of("MaxPool", new MaxPool()),
                Known.of("MaxRoiPool", new MaxRoiPool()),
                Known.of("MaxUnpool", new MaxUnpool()));
    }
}
