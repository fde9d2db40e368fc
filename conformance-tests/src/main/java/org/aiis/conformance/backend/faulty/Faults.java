package org.aiis.conformance.backend.faulty;

import java.util.List;
import java.util.stream.Stream;

/** All faults that can be asked for by name. */
final class Faults {
    private Faults() {}

    static List<Fault.Named> all() {
        return Stream.of(
                        ValueFaults.all(),
                        ModelFaults.all(),
                        FusionFaults.all(),
                        QuantisedFaults.all(),
                        BehaviourFaults.all(),
                        StateFaults.all(),
                        PipelineFaults.all(),
                        TrainingFaults.all(),
                        HostileFaults.all(),
                        ConcurrencyFaults.all(),
                        SessionFaults.all(),
                        ExternalDataFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
