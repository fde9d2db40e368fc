package org.aiis.conformance.vectors.shrink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.testing.Stimulus;

/**
 * Greedy: takes away what can be taken while the case fails the same way, the boldest first, until nothing can be taken or
 * the budget is spent. After Zeller and Hildebrandt's ddmin (2002), over the parts of a model in place of lines.
 */
public final class Shrinker {
    private final List<Cut.Kind> kinds;
    private final Predicate<Stimulus> failsAlike;
    private final BooleanSupplier spent;
    private final Set<String> tried = new HashSet<>();

    /**
     * A shrinker.
     *
     * @param oracle finds values inside a graph
     * @param failsAlike drives and judges a candidate: whether it fails as the first one did
     * @param spent whether to stop
     */
    public Shrinker(Oracle oracle, Predicate<Stimulus> failsAlike, BooleanSupplier spent) {
        this.kinds = List.of(new NodeCuts(oracle), new ExtentCuts(), new ValueCuts());
        this.failsAlike = failsAlike;
        this.spent = spent;
    }

    /** The smallest found: the same stimulus when none is smaller, or when it is no run of a model that can be read. */
    public Stimulus shrink(Stimulus stimulus) {
        try {
            if (stimulus instanceof Stimulus.ModelRun run) {
                return shrink(List.of(Draft.of(run)));
            } else if (stimulus instanceof Stimulus.MustReject twins) {
                return shrink(List.of(Draft.of(twins.broken()), Draft.of(twins.valid())));
            }
        } catch (Oracle.Refusal damaged) {
            return stimulus;
        }
        return stimulus;
    }

    private Stimulus shrink(List<Draft> first) {
        List<Draft> best = first;
        tried.add(stimulus(best).digest());
        boolean smaller = true;
        while (smaller && !spent.getAsBoolean()) {
            smaller = false;
            for (Cut.Kind kind : kinds) {
                List<Draft> before;
                do {
                    before = best;
                    best = pass(kind, best);
                    smaller |= !best.equals(before);
                } while (!best.equals(before) && !spent.getAsBoolean());
            }
        }
        return stimulus(best);
    }

    /** Each cut of a kind once, each on what the ones before it left. */
    private List<Draft> pass(Cut.Kind kind, List<Draft> drafts) {
        List<Draft> best = drafts;
        Iterator<Cut> cuts = kind.cuts(drafts.get(0)).iterator();
        while (cuts.hasNext() && !spent.getAsBoolean()) {
            Optional<List<Draft>> candidate = apply(cuts.next(), best);
            if (candidate.isPresent()
                    && tried.add(stimulus(candidate.get()).digest())
                    && failsAlike.test(stimulus(candidate.get()))) {
                best = candidate.get();
            }
        }
        return best;
    }

    /** Of twins both are cut, so that they stay one edit apart; where a cut does not apply to one, it stays. */
    private static Optional<List<Draft>> apply(Cut cut, List<Draft> drafts) {
        List<Draft> result = new ArrayList<>();
        for (Draft draft : drafts) {
            result.add(cut.of(draft).orElse(draft));
        }
        return result.equals(drafts) ? Optional.empty() : Optional.of(result);
    }

    private static Stimulus stimulus(List<Draft> drafts) {
        return drafts.size() == 1
                ? drafts.get(0).run()
                : new Stimulus.MustReject(drafts.get(1).run(), drafts.get(0).run());
    }
}
