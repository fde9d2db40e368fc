package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * h_t = σ(h_{t−1}·W + a_t) for t = 1 to T, unrolled. What the inputs add to all steps, a, is one matrix, {@code [T·n, hidden]}, step by
 * step; so is the result. The derivative by W is one product over all steps, not a sum of T.
 */
public final class Recurrence {
    private Recurrence() {}

    /** @param first h_0, {@code [n, hidden]} */
    public static Value unrolled(Tape tape, Value addends, Value kernel, Value first, int steps) {
        List<Value> states = new ArrayList<>(List.of(first));
        for (Value addend : parts(tape, addends, steps)) {
            Value before = states.get(states.size() - 1);
            Value sum = tape.node("Gemm", List.of(before, kernel, addend), before.type(), before.extents());
            states.add(Elementwise.unary(tape, "Sigmoid", sum));
        }
        Value all = Layout.concat(tape, 0, states.subList(1, steps + 1));
        Value result = tape.node("Identity", List.of(all), all.type(), all.extents());
        return tape.remember(List.of(addends, kernel, first), result, d -> {
            List<Value> by = parts(tape, d.at(result), steps);
            List<Value> slopes = parts(tape, Elementwise.slope(tape, all), steps);
            List<Value> byAddends = new ArrayList<>();
            Value down = by.get(steps - 1);
            for (int t = steps - 1; t >= 0; t--) {
                Value byAddend = Elementwise.mul(tape, down, slopes.get(t));
                byAddends.add(0, byAddend);
                if (t > 0) {
                    down = Linear.gemm(tape, byAddend, false, kernel, true, Optional.of(by.get(t - 1)));
                }
            }
            Value together = Layout.concat(tape, 0, byAddends);
            d.add(addends, () -> together);
            d.addProduct(kernel, Layout.concat(tape, 0, states.subList(0, steps)), true, together, false);
            d.addProduct(first, byAddends.get(0), false, kernel, true);
        });
    }

    private static List<Value> parts(Tape tape, Value x, int steps) {
        return Layout.split(tape, x, 0, steps);
    }
}
