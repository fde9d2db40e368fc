package org.aiis.reference.pipeline.preprocess;

import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/** Encoding of categories. */
public final class Encoding {
    private Encoding() {}

    /** Categories {@code x int64 [n]} to {@code y float32 [n, categories]}: 1 at the place in the list, else 0. */
    public static Bytes oneHot(long... categories) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("x", ElementType.INT64, "n");
        String equal = draft.op("Equal", draft.op("Unsqueeze", "x", draft.integers(1)), draft.integers(categories));
        return draft.output("y", draft.indicator(equal), ElementType.FLOAT32, "n", categories.length)
                .build();
    }
}
