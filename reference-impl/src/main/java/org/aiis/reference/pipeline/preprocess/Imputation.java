package org.aiis.reference.pipeline.preprocess;

import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/** Replacements of missing values, fitted to the training records alone; {@link Cleaning#missing} puts them in. */
public final class Imputation {
    private Imputation() {}

    /**
     * The mean of a column over the present values of the training records, and {@code constant} where there are none. Inputs
     * {@code x float32 [n, columns]} with NaN for missing values, {@code training int64 [k]}; output {@code replacements
     * [columns]}.
     */
    public static Bytes fit(int columns, double constant) {
        Draft draft = Cleaning.records(columns).input("training", ElementType.INT64, "k");
        String x = draft.op("Gather", "x", "training");
        String present = draft.op("Equal", x, x);
        String count = draft.sum(draft.indicator(present), false, 0);
        String sum = draft.sum(draft.op("Where", present, x, draft.real(0)), false, 0);
        String mean = draft.op("Div", sum, draft.op("Max", count, draft.real(1)));
        String none = draft.op("Equal", count, draft.real(0));
        return draft.output(
                        "replacements",
                        draft.op("Where", none, draft.real(constant), mean),
                        ElementType.FLOAT32,
                        columns)
                .build();
    }
}
