package org.aiis.conformance.worker;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;

/** What one step answered, performed again and again: the first outputs, how many later ones were other bits, rejections. */
final class Repeated {
    private Optional<SortedMap<String, Recorded>> first = Optional.empty();
    private Optional<SortedMap<String, Recorded>> other = Optional.empty();
    private Optional<Observation.Rejected> rejection = Optional.empty();
    private Optional<Observation> stopped = Optional.empty();
    private long differing;
    private long rejected;

    void add(Observation answer) {
        if (answer instanceof Observation.Rejected refused) {
            rejected++;
            rejection = rejection.or(() -> Optional.of(refused));
        } else if (!(answer instanceof Observation.Outputs outputs)) {
            stopped = Optional.of(answer);
        } else if (first.isEmpty()) {
            first = Optional.of(outputs.values());
        } else if (!first.get().equals(outputs.values())) {
            differing++;
            other = other.or(() -> Optional.of(outputs.values()));
        }
    }

    /** Whether every answer so far was one of the system under test's. */
    boolean goesOn() {
        return stopped.isEmpty();
    }

    Observation stopped() {
        return stopped.orElseThrow();
    }

    void tell(String prefix, SortedMap<String, Tensor> told) {
        told.put(prefix + "rejected", count(rejected));
        rejection.ifPresent(r -> told.put(
                prefix + "message",
                Tensor.ofStrings(
                        Shape.SCALAR,
                        List.of(r.phase() + " " + Clipped.text(r.code()) + ": " + Clipped.text(r.message())))));
        if (first.filter(outputs -> !outputs.isEmpty()).isPresent() || differing > 0) {
            tellRuns(prefix, told);
        }
    }

    void tellRuns(String prefix, SortedMap<String, Tensor> told) {
        first.ifPresent(f -> f.forEach((name, value) -> told.put(prefix + "out/" + name, value.tensor())));
        other.ifPresent(o -> o.forEach((name, value) -> told.put(prefix + "other/" + name, value.tensor())));
        told.put(prefix + "differing", count(differing));
    }

    static Tensor count(long number) {
        return Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, number);
    }
}
