package org.aiis.reference.operators.linear;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The matrix products and convolutions, by name. */
public final class LinearFamily {
    private LinearFamily() {}

    public static List<Known> operators() {
        return List.of(Known.of("Conv", new Conv()), Known.of("Gemm", new Gemm()), Known.of("MatMul", new MatMul()));
    }
}
