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
        String rank = rank(draft);
        String share = draft.op("Mul", draft.sum(draft.indicator(same(draft)), false, 1), draft.real(testShare));
        String quota = draft.op("Floor", draft.op("Add", share, draft.real(0.5)));
        String test = draft.op("Less", rank, quota);
        String training = draft.op("Not", test);
        return draft.output("training", Compaction.chosen(draft, draft.indicator(training)), ElementType.INT64, "k")
                .output("test", Compaction.chosen(draft, draft.indicator(test)), ElementType.INT64, "l")
                .build();
    }

    /**
     * A split by time: the test part is the latest records, at most as many as the share asks for, rounded, and records of one
     * time are never divided. Input {@code times int64 [n]}; outputs the places {@code training}, {@code test}, in order.
     */
    public static Bytes timeOrdered(double testShare) {
        Draft draft = new Draft(17, ElementType.FLOAT32).input("times", ElementType.INT64, "n");
        String earlier = draft.op("Less", "times", column(draft, "times"));
        String before = draft.sum(draft.indicator(earlier), false, 1);
        String records = draft.indicator(draft.op("Shape", "times"));
        String share = draft.op("Add", draft.op("Mul", records, draft.real(testShare)), draft.real(0.5));
        String cut = draft.op("Sub", records, draft.op("Floor", share));
        String training = draft.op("Less", before, cut);
        String test = draft.op("Not", training);
        return draft.output("training", Compaction.chosen(draft, draft.indicator(training)), ElementType.INT64, "k")
                .output("test", Compaction.chosen(draft, draft.indicator(test)), ElementType.INT64, "l")
                .build();
    }

    /**
     * One fold of a stratified cross-validation. The records of a class, in the order of their keys, are dealt to the folds in
     * turn, each class beginning where its number says, so that no fold gets the first of all. Inputs {@code classes int64 [n]},
     * {@code keys float32 [n]}, {@code fold int64 [1]} from 0 to {@code folds} − 1; outputs the places {@code training} and
     * {@code validation}, in order: every record is in one of the two, and in the validation part of exactly one fold.
     */
    public static Bytes fold(int folds) {
        Draft draft = new Draft(17, ElementType.FLOAT32)
                .input("classes", ElementType.INT64, "n")
                .input("keys", ElementType.FLOAT32, "n")
                .input("fold", ElementType.INT64, 1);
        String rank = draft.cast(rank(draft), ElementType.INT64);
        String dealt = draft.op("Mod", draft.op("Add", rank, "classes"), draft.integers(folds));
        String validation = draft.op("Equal", dealt, "fold");
        String training = draft.op("Not", validation);
        return draft.output("training", Compaction.chosen(draft, draft.indicator(training)), ElementType.INT64, "k")
                .output("validation", Compaction.chosen(draft, draft.indicator(validation)), ElementType.INT64, "l")
                .build();
    }

    /** How many records of the same class come before each by key, equal keys in order; reals {@code [n]}. */
    private static String rank(Draft draft) {
        String place = Compaction.places(draft, "keys");
        String key = column(draft, "keys");
        String tied = draft.op("And", draft.op("Equal", "keys", key), draft.op("Less", place, column(draft, place)));
        String before = draft.op("Or", draft.op("Less", "keys", key), tied);
        return draft.sum(draft.indicator(draft.op("And", same(draft), before)), false, 1);
    }

    private static String same(Draft draft) {
        return draft.op("Equal", column(draft, "classes"), "classes");
    }

    private static String column(Draft draft, String vector) {
        return draft.op("Unsqueeze", vector, draft.integers(1));
    }
}
