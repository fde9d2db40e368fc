package org.aiis.reference.pipeline.train;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Ends a training when the validation loss has not fallen by {@code least} below its best for {@code patience} epochs; its result are the
 * weights of the best epoch.
 */
public record EarlyStopping(int patience, double least) {
    /** Goes through all epochs, and still keeps the weights of the best. */
    public static final EarlyStopping NEVER = new EarlyStopping(Integer.MAX_VALUE, 0);

    /** The epoch with the best loss so far, from 0; one that is not better by {@code least} does not count. */
    public int best(List<Double> losses) {
        return IntStream.range(0, losses.size())
                .reduce((best, i) -> losses.get(i) < losses.get(best) - least ? i : best)
                .orElseThrow();
    }

    public boolean over(List<Double> losses) {
        return !losses.isEmpty() && losses.size() - 1 - best(losses) >= patience;
    }
}
