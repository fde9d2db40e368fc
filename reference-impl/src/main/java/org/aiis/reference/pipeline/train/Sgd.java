package org.aiis.reference.pipeline.train;

import java.util.List;
import java.util.function.Supplier;
import org.aiis.reference.pipeline.graph.Draft;

/** Stochastic gradient descent: w − η·g. */
public record Sgd(double rate) implements Optimizer {
    @Override
    public List<String> slots() {
        return List.of();
    }

    @Override
    public List<String> draw(Draft draft, List<String> state, String g, Supplier<String> rateNow) {
        String w = draft.op("Sub", state.get(0), draft.op("Mul", rateNow.get(), g));
        return List.of(w, draft.op("Add", state.get(1), draft.real(1)));
    }
}
