package org.aiis.conformance.qualification.panel;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Reference;

/** What came of a run: outputs, or the refusal. */
public record Answer(SortedMap<String, Tensor> outputs, Optional<Oracle.Refusal> refusal) {
    public Answer {
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
    }

    public static Answer of(SortedMap<String, Tensor> outputs) {
        return new Answer(outputs, Optional.empty());
    }

    /** The references rounded to their types. */
    public static Answer of(Reference reference) {
        SortedMap<String, Tensor> outputs = new TreeMap<>();
        reference.outputs().forEach((name, value) -> outputs.put(name, value.rounded()));
        return of(outputs);
    }

    public static Answer refused(Oracle.Refusal refusal) {
        return new Answer(new TreeMap<>(), Optional.of(refusal));
    }

    public Observation observation() {
        return refusal.<Observation>map(r -> new Observation.Rejected(
                        r.atLoad() ? Observation.Phase.LOAD : Observation.Phase.RUN,
                        "REFUSED",
                        String.valueOf(r.getMessage())))
                .orElseGet(() -> Observation.Outputs.of(outputs));
    }
}
