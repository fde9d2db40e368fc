package org.aiis.reference.pipeline.evaluate;

import java.util.List;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/**
 * The metrics of ISO/IEC TS 4213 and of a regression as graphs, from predictions and ground truth. A metric whose denominator
 * is zero is NaN, which says that it is undefined. Sums of whole numbers are exact in float32 below 2^24.
 */
public final class MetricGraphs {
    private static final ElementType TYPE = ElementType.FLOAT32;

    private MetricGraphs() {}

    /**
     * Metrics by class. Inputs {@code predicted int64 [n]}, {@code y int64 [n]}, both in 0 to {@code classes} − 1; outputs, each
     * float32 {@code [classes]}: {@code precision} TP / (TP + FP), {@code recall} TP / (TP + FN), {@code specificity} TN / (TN + FP),
     * {@code f1} 2·TP / (2·TP + FP + FN).
     */
    public static Bytes byClass(int classes) {
        Draft draft =
                new Draft(17, TYPE).input("predicted", ElementType.INT64, "n").input("y", ElementType.INT64, "n");
        String truth = draft.oneHot("y", classes);
        String said = draft.oneHot("predicted", classes);
        String hits = draft.sum(draft.op("Mul", truth, said), false, 0);
        String positives = draft.sum(truth, false, 0);
        String claims = draft.sum(said, false, 0);
        String negatives = draft.op("Sub", draft.indicator(draft.op("Shape", "y")), positives);
        String falseAlarms = draft.op("Sub", claims, hits);
        String twice = draft.op("Add", hits, hits);
        return draft.output("precision", draft.op("Div", hits, claims), TYPE, classes)
                .output("recall", draft.op("Div", hits, positives), TYPE, classes)
                .output(
                        "specificity",
                        draft.op("Div", draft.op("Sub", negatives, falseAlarms), negatives),
                        TYPE,
                        classes)
                .output("f1", draft.op("Div", twice, draft.op("Add", claims, positives)), TYPE, classes)
                .build();
    }

    /**
     * Area under the receiver operating characteristic. Inputs {@code scores float32 [n]}, {@code y int64 [n]}, 1 for a positive
     * record and 0 for a negative one; output {@code auc [1]}: the share of pairs of a positive and a negative record in which the
     * positive one has the larger score, equal scores counting one half (Mann and Whitney's statistic; J. A. Hanley and B. J.
     * McNeil, "The Meaning and Use of the Area under a ROC Curve", 1982).
     */
    public static Bytes areaUnderRoc() {
        Draft draft = new Draft(17, TYPE).input("scores", TYPE, "n").input("y", ElementType.INT64, "n");
        String positive = draft.cast("y", TYPE);
        String negative = draft.op("Sub", draft.real(1), positive);
        String column = draft.op("Unsqueeze", "scores", draft.integers(1));
        String won = draft.indicator(draft.op("Greater", column, "scores"));
        String even = draft.op("Mul", draft.indicator(draft.op("Equal", column, "scores")), draft.real(0.5));
        String pairs = draft.op("Mul", draft.op("Unsqueeze", positive, draft.integers(1)), negative);
        String points = draft.op("Mul", pairs, draft.op("Add", won, even));
        String auc = draft.op("Div", draft.sum(points, false, 0, 1), draft.sum(pairs, false, 0, 1));
        return draft.output("auc", draft.reshape(auc, 1), TYPE, 1).build();
    }

    /**
     * Expected calibration error with bins of equal width (C. Guo and others, "On Calibration of Modern Neural Networks", 2017).
     * Inputs {@code probability float32 [n]} of the positive class, {@code y int64 [n]} 0 or 1; outputs {@code count}, {@code
     * said}, {@code seen}, each {@code [bins]}: records of a bin, sum of their probabilities, sum of their positives; and {@code ece
     * [1]} = Σ |said − seen| / n. Bin b holds b / bins ≤ p &lt; (b + 1) / bins, the last one p = 1 too.
     */
    public static Bytes calibration(int bins) {
        Draft draft = new Draft(17, TYPE).input("probability", TYPE, "n").input("y", ElementType.INT64, "n");
        String scaled = draft.op("Floor", draft.op("Mul", "probability", draft.real(bins)));
        String bin = draft.cast(draft.op("Min", scaled, draft.real(bins - 1)), ElementType.INT64);
        String in = draft.oneHot(bin, bins);
        String row = draft.op("Unsqueeze", "probability", draft.integers(1));
        String said = draft.sum(draft.op("Mul", in, row), false, 0);
        String seen = draft.sum(
                draft.op("Mul", in, draft.op("Unsqueeze", draft.cast("y", TYPE), draft.integers(1))), false, 0);
        String apart = draft.sum(draft.op("Abs", draft.op("Sub", said, seen)), true, 0);
        return draft.output("count", draft.sum(in, false, 0), TYPE, bins)
                .output("said", said, TYPE, bins)
                .output("seen", seen, TYPE, bins)
                .output("ece", draft.op("Div", apart, draft.indicator(draft.op("Shape", "y"))), TYPE, 1)
                .build();
    }

    /**
     * Metrics of a regression. Inputs {@code forecast}, {@code truth} float32 {@code [n]}, in one unit, the truth NaN where it was not
     * measured, which leaves the record out; outputs {@code [1]} each: {@code mae} and {@code rmse} in that unit, {@code mape} a
     * share over the records with a truth of {@code least} or more, since a share of nearly nothing says nothing, and {@code
     * records} counted.
     */
    public static Bytes regression(double least) {
        Draft draft = new Draft(17, TYPE).input("forecast", TYPE, "n").input("truth", TYPE, "n");
        String measured = draft.op("Equal", "truth", "truth");
        String zero = draft.real(0);
        String away = draft.op("Where", measured, draft.op("Sub", "forecast", "truth"), zero);
        String records = draft.sum(draft.indicator(measured), true, 0);
        String size = draft.op("Abs", away);
        String mae = draft.op("Div", draft.sum(size, true, 0), records);
        String rmse = draft.op("Sqrt", draft.op("Div", draft.sum(draft.op("Mul", away, away), true, 0), records));
        String large = draft.op("GreaterOrEqual", "truth", draft.real(least));
        String share = draft.op("Div", size, draft.op("Where", large, "truth", draft.real(1)));
        String shares = draft.sum(draft.op("Where", large, share, zero), true, 0);
        return draft.output("mae", mae, TYPE, 1)
                .output("rmse", rmse, TYPE, 1)
                .output("mape", draft.op("Div", shares, draft.sum(draft.indicator(large), true, 0)), TYPE, 1)
                .output("records", records, TYPE, 1)
                .build();
    }

    /**
     * The baselines of a forecast. Input {@code series float32 [n, columns]}; outputs {@code persistence}, {@code seasonal} and {@code
     * truth}, each {@code [m, columns]} for the m = n − period times that have a value a period before: the value {@code horizon}
     * before, the value a {@code period} before, and the value. The horizon is at most the period.
     */
    public static Bytes baselines(int columns, int horizon, int period) {
        Draft draft = new Draft(17, TYPE).input("series", TYPE, "n", columns);
        String end = draft.op("Shape", "series");
        String length = draft.op("Slice", end, draft.integers(0), draft.integers(1));
        return draft.output("persistence", moved(draft, length, horizon, period), TYPE, "m", columns)
                .output("seasonal", moved(draft, length, period, period), TYPE, "m", columns)
                .output("truth", moved(draft, length, 0, period), TYPE, "m", columns)
                .build();
    }

    private static String moved(Draft draft, String length, int back, int period) {
        String to = draft.op("Sub", length, draft.integers(back));
        return draft.op("Slice", List.of("series", draft.integers((long) period - back), to, draft.integers(0)));
    }
}
