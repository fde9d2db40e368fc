package org.aiis.conformance.pipeline;

import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.aiis.reference.pipeline.preprocess.Scaling;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** What a backend fits to a table: the mean of each column, and its deviation. */
record Scales(Tensor mean, Tensor s) {
    /**
     * Fits all rows.
     *
     * @param x rows × columns
     */
    static Scales of(Answers backend, int columns, Tensor x) {
        long[] all = LongStream.range(0, x.shape().dim(0)).toArray();
        Map<String, Tensor> fitted = backend.once(
                Scaling.fit(columns),
                Map.of("x", x, "training", Tensor.ofLongs(ElementType.INT64, Shape.of(all.length), all)));
        return new Scales(Objects.requireNonNull(fitted.get("mean")), Objects.requireNonNull(fitted.get("s")));
    }
}
