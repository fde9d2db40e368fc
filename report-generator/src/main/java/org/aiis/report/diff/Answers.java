package org.aiis.report.diff;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;

/** Two answers to one case, output by output. */
final class Answers {
    private Optional<Apart> apart = Optional.empty();
    private boolean digests;

    private Answers() {}

    /**
     * How far they are from each other.
     *
     * @param apart empty where there is no output that both gave
     * @param digestsOnly whether an output differs of which only the digest was kept, so that it is not known how far
     */
    record Distance(Optional<Apart> apart, boolean digestsOnly) {}

    static Distance between(Observation one, Observation other) {
        Answers answers = new Answers();
        answers.pair(one, other);
        return new Distance(answers.apart, answers.digests);
    }

    private void pair(Observation one, Observation other) {
        if (one instanceof Observation.Outputs a && other instanceof Observation.Outputs b) {
            outputs(a.values(), b.values());
        } else if (one instanceof Observation.Twins a && other instanceof Observation.Twins b) {
            pair(a.valid(), b.valid());
            pair(a.broken(), b.broken());
        } else if (one instanceof Observation.Transcript a && other instanceof Observation.Transcript b) {
            for (int i = 0; i < Math.min(a.steps().size(), b.steps().size()); i++) {
                pair(a.steps().get(i), b.steps().get(i));
            }
        } else if (one instanceof Observation.Measured a && other instanceof Observation.Measured b) {
            outputs(a.outputs(), b.outputs());
        }
    }

    private void outputs(Map<String, Recorded> then, Map<String, Recorded> here) {
        Map<String, Recorded> mine = new TreeMap<>(then);
        Map<String, Recorded> theirs = new TreeMap<>(here);
        mine.keySet().removeIf(name -> name.startsWith(Step.MEASURED));
        theirs.keySet().removeIf(name -> name.startsWith(Step.MEASURED));
        if (!mine.keySet().equals(theirs.keySet())) {
            add(Apart.unlike("outputs " + mine.keySet() + " there, " + theirs.keySet() + " here"));
            return;
        }
        mine.forEach((name, value) -> recorded(value, java.util.Objects.requireNonNull(theirs.get(name))));
    }

    private void recorded(Recorded one, Recorded other) {
        if (one instanceof Recorded.Whole a && other instanceof Recorded.Whole b) {
            add(Apart.of(a.tensor(), b.tensor()));
        } else if (one.type() != other.type() || !one.shape().equals(other.shape())) {
            add(Apart.unlike(
                    one.type().label() + one.shape() + " there, " + other.type().label() + other.shape() + " here"));
        } else {
            digests |= !one.digest().equals(other.digest());
        }
    }

    private void add(Apart more) {
        apart = Optional.of(apart.map(sum -> sum.and(more)).orElse(more));
    }

    /** Bytes of the tensors that an observation holds, as far as they weigh. */
    static long bytes(Observation observation) {
        if (observation instanceof Observation.Outputs o) {
            return o.values().values().stream().mapToLong(Answers::bytes).sum();
        } else if (observation instanceof Observation.Twins t) {
            return bytes(t.valid()) + bytes(t.broken());
        } else if (observation instanceof Observation.Transcript t) {
            return t.steps().stream().mapToLong(Answers::bytes).sum();
        } else if (observation instanceof Observation.Measured m) {
            return m.outputs().values().stream().mapToLong(Answers::bytes).sum()
                    + 8L * m.latencies().size();
        }
        return 0;
    }

    private static long bytes(Recorded value) {
        if (!(value instanceof Recorded.Whole whole)) {
            return 0;
        }
        Tensor tensor = whole.tensor();
        return tensor.strings().stream().mapToLong(String::length).sum()
                + tensor.view().remaining();
    }
}
