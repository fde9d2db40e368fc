package org.aiis.conformance.judge;

import java.util.stream.Collectors;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;

/** Short texts for findings. */
final class Described {
    private Described() {}

    static String of(Observation.Outputs got) {
        return got.values().isEmpty()
                ? "no outputs"
                : got.values().entrySet().stream()
                        .map(e -> e.getKey() + " = " + of(e.getValue()))
                        .collect(Collectors.joining("; "));
    }

    static String of(Throwable told) {
        return told.getMessage() == null
                ? told.getClass().getSimpleName()
                : told.getMessage().strip().replaceAll("\\s+", " ");
    }

    private static String of(Recorded value) {
        return value instanceof Recorded.Whole whole
                ? whole.tensor().toString()
                : value.type().label() + value.shape();
    }
}
