package org.aiis.reference.pipeline.preprocess;

import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/**
 * A stratified split of records into training and test part. Of each class the records with the smallest keys are the
 * test part, as many as the share asks for, rounded; equal keys count in order. Random keys make a random split.
 */
public final class Split {
    private Split() {}

    /** Inputs {@code classes int64 [n]}, {@code keys float32 [n]}; outputs the places {@code training}, {@code test}. */
    public static Bytes stratified(double testShare) {
        Draft draft = new Draft(17, ElementType.FLOAT32)
                .input("classes", ElementType.INT64, "n")
                .input("keys", ElementType.FLOAT32, "n");
        String same = draft.op("Equal", column(draft, "classes"), "classes");
        String place = Compaction.places(draft, "keys");
        String key = column(draft, "keys");
        String tied = draft.op("And", draft.op("Equal", "keys", key), draft.op("Less", place, column(draft, place)));
        String before = draft.op("Or", draft.op("Less", "keys", key), tied);
        String rank = draft.sum(draft.indicator(draft.op("And", same, before)), false, 1);
        String share = draft.op("Mul", draft.sum(draft.indicator(same), false, 1), draft.real(testShare));
        String quota = draft.op("Floor", draft.op("Add", share, draft.real(0.5)));
        String test = draft.op("Less", rank, quota);
        String training = draft.op("Not", test);
        return draft.output("training", Compaction.chosen(draft, draft.indicator(training)), ElementType.INT64, "k")
                .output("test", Compaction.chosen(draft, draft.indicator(test)), ElementType.INT64, "l")
                .build();
    }

    private static String column(Draft draft, String vector) {
        return draft.op("Unsqueeze", vector, draft.integers(1));
    }
}
