package org.aiis.reference.pipeline.train;

import java.util.List;
import java.util.function.Supplier;
import org.aiis.reference.pipeline.graph.Draft;

/** Descent with momentum in Keras' form, without Nesterov's look ahead: v ← μ·v − η·g, w ← w + v. */
public record Momentum(double rate, double momentum) implements Optimizer {
    @Override
    public List<String> slots() {
        return List.of("v");
    }

    @Override
    public List<String> draw(Draft draft, List<String> state, String g, Supplier<String> rateNow) {
        String kept = draft.op("Mul", draft.real(momentum), state.get(1));
        String v = draft.op("Sub", kept, draft.op("Mul", rateNow.get(), g));
        String w = draft.op("Add", state.get(0), v);
        return List.of(w, v, draft.op("Add", state.get(2), draft.real(1)));
    }
}
