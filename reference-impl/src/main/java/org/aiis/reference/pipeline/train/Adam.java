package org.aiis.reference.pipeline.train;

import java.util.List;
import java.util.function.Supplier;
import org.aiis.reference.pipeline.graph.Draft;

/**
 * The optimizer of Kingma and Ba (2015) in the form of their section 2, which Keras uses: ε stands outside the correction
 * of bias, a = η·√(1 − β2^t) / (1 − β1^t), w − a·m / (√v + ε).
 *
 * @param rate η
 */
public record Adam(double rate, double beta1, double beta2, double epsilon) implements Optimizer {
    /** Keras' numbers. */
    public static final Adam USUAL = new Adam(1e-3, 0.9, 0.999, 1e-7);

    @Override
    public List<String> slots() {
        return List.of("m", "v");
    }

    /** New w, m, v, t as values of a graph, from w, m, v, t and gradient g. */
    List<String> draw(Draft draft, List<String> state, String g) {
        return draw(draft, state, g, () -> draft.real(rate));
    }

    @Override
    public List<String> draw(Draft draft, List<String> state, String g, Supplier<String> rateNow) {
        String one = draft.real(1);
        String tNew = draft.op("Add", state.get(3), one);
        String mNew = mean(draft, state.get(1), g, beta1);
        String vNew = mean(draft, state.get(2), draft.op("Mul", g, g), beta2);
        String up = draft.op("Sqrt", draft.op("Sub", one, draft.op("Pow", draft.real(beta2), tNew)));
        String down = draft.op("Sub", one, draft.op("Pow", draft.real(beta1), tNew));
        String step = draft.op("Div", draft.op("Mul", rateNow.get(), up), down);
        String width = draft.op("Add", draft.op("Sqrt", vNew), draft.real(epsilon));
        String move = draft.op("Div", draft.op("Mul", mNew, step), width);
        return List.of(draft.op("Sub", state.get(0), move), mNew, vNew, tNew);
    }

    private static String mean(Draft draft, String old, String now, double beta) {
        return draft.op("Add", draft.op("Mul", draft.real(beta), old), draft.op("Mul", draft.real(1 - beta), now));
    }

    /**
     * New w, m, v of one weight, from its old ones, its gradient and the step's number t, with the errors that an
     * arithmetic of unit roundoff {@code unit} may make on the constants as that arithmetic holds them.
     */
    public List<Uncertain> update(double w, double m, double v, double t, double g, double unit) {
        Uncertain one = Uncertain.exact(1, unit);
        Uncertain gradient = Uncertain.exact(g, unit);
        Uncertain mNew = mean(m, gradient, beta1, unit);
        Uncertain vNew = mean(v, gradient.times(gradient), beta2, unit);
        Uncertain up = one.minus(held(beta2, unit).power(t)).root();
        Uncertain down = one.minus(held(beta1, unit).power(t));
        Uncertain step = held(rate, unit).times(up).over(down);
        Uncertain move = mNew.times(step).over(vNew.root().plus(held(epsilon, unit)));
        return List.of(Uncertain.exact(w, unit).minus(move), mNew, vNew);
    }

    private static Uncertain mean(double old, Uncertain now, double beta, double unit) {
        return held(beta, unit)
                .times(Uncertain.exact(old, unit))
                .plus(held(1 - beta, unit).times(now));
    }

    /** A constant as it stands in the graph: rounded to float32 or binary64. */
    private static Uncertain held(double constant, double unit) {
        return Uncertain.exact(unit > 0x1p-50 ? (float) constant : constant, unit);
    }
}
