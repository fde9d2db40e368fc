package org.aiis.reference.pipeline.preprocess;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

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

    /**
     * Categories {@code x string [n]} to {@code y float32 [n, categories]}, by exact comparison. Comparison of strings came with
     * opset 19.
     */
    public static Bytes oneHot(List<String> categories) {
        Draft draft = new Draft(19, ElementType.FLOAT32).input("x", ElementType.STRING, "n");
        String list = draft.constant(Tensor.ofStrings(Shape.of(categories.size()), categories));
        String equal = draft.op("Equal", draft.op("Unsqueeze", "x", draft.integers(1)), list);
        return draft.output("y", draft.indicator(equal), ElementType.FLOAT32, "n", categories.size())
                .build();
    }

    /** Ordered categories {@code x int64 [n]} to {@code y int64 [n]}: the place in the list, −1 where the list lacks it. */
    public static Bytes labels(long... categories) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("x", ElementType.INT64, "n");
        String equal = draft.op("Equal", draft.op("Unsqueeze", "x", draft.integers(1)), draft.integers(categories));
        long[] places = new long[categories.length];
        Arrays.setAll(places, i -> i + 1);
        String one = draft.op("Mul", draft.cast(equal, ElementType.INT64), draft.integers(places));
        String y = draft.op("Sub", draft.sum(one, false, 1), draft.integers(1));
        return draft.output("y", y, ElementType.INT64, "n").build();
    }
}
