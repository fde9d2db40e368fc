package org.aiis.reference.pipeline.preprocess;

import java.util.stream.LongStream;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Windows over a series, for forecasting: what was seen up to a time, and what came after it.
 *
 * @param steps values seen, the last of them at the time of the forecast
 * @param horizon how many values after that the one to be forecast stands; 1 is the next
 */
public record Windows(int steps, int horizon) {
    /**
     * Input {@code series float32 [n, columns]}; outputs {@code x [m, steps, columns]}, {@code y [m, columns]} with m = n − steps −
     * horizon + 1: row i of {@code x} is series i to i + steps − 1, of {@code y} series i + steps − 1 + horizon. Values are moved
     * only.
     */
    public Bytes build(int columns) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("series", ElementType.FLOAT32, "n", columns);
        String length = draft.op(
                "Squeeze", draft.op("Slice", draft.op("Shape", "series"), draft.integers(0), draft.integers(1)));
        String windows = draft.op("Sub", length, scalar(draft, steps + horizon - 1L));
        String starts = draft.op("Range", scalar(draft, 0), windows, scalar(draft, 1));
        String seen = draft.op(
                "Add",
                draft.op("Unsqueeze", starts, draft.integers(1)),
                draft.integers(LongStream.range(0, steps).toArray()));
        String later = draft.op("Add", starts, draft.integers(steps - 1L + horizon));
        return draft.output("x", draft.op("Gather", "series", seen), ElementType.FLOAT32, "m", steps, columns)
                .output("y", draft.op("Gather", "series", later), ElementType.FLOAT32, "m", columns)
                .build();
    }

    private static String scalar(Draft draft, long value) {
        return draft.constant(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, value));
    }
}
