package org.aiis.spec.testing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Tensor;

/** What the system under test did. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Observation.Outputs.class, name = "outputs"),
    @JsonSubTypes.Type(value = Observation.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = Observation.Crashed.class, name = "crashed"),
    @JsonSubTypes.Type(value = Observation.TimedOut.class, name = "timed-out"),
    @JsonSubTypes.Type(value = Observation.Exceeded.class, name = "exceeded"),
    @JsonSubTypes.Type(value = Observation.Violated.class, name = "violated"),
    @JsonSubTypes.Type(value = Observation.NotDriven.class, name = "not-driven"),
    @JsonSubTypes.Type(value = Observation.Twins.class, name = "twins"),
    @JsonSubTypes.Type(value = Observation.Transcript.class, name = "transcript"),
    @JsonSubTypes.Type(value = Observation.Measured.class, name = "measured")
})
public sealed interface Observation {
    /** It answered. {@code placement} is empty where it was not asked for or could not be told. */
    record Outputs(SortedMap<String, Recorded> values, List<NodePlacement> placement) implements Observation {
        public Outputs {
            values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
            placement = List.copyOf(placement);
        }

        /** Whole tensors and no placement. */
        public static Outputs of(java.util.Map<String, Tensor> tensors) {
            SortedMap<String, Recorded> values = new TreeMap<>();
            tensors.forEach((name, tensor) -> values.put(name, new Recorded.Whole(tensor)));
            return new Outputs(values, List.of());
        }

        public static Outputs none() {
            return new Outputs(new TreeMap<>(), List.of());
        }
    }

    /** It refused, with a code of its own and a message. */
    record Rejected(Phase phase, String code, String message) implements Observation {}

    /** Its process died. {@code cause} is a signal or an exit status; {@code detail} what it left behind. */
    record Crashed(Phase phase, String cause, String detail) implements Observation {}

    /** It did not answer in time and was killed. */
    record TimedOut(Phase phase, long millis) implements Observation {}

    /** It took more of the machine than a worker may, or gave more than the evidence can hold; {@code limit} says how much. */
    record Exceeded(Phase phase, String limit) implements Observation {}

    /** It answered against the worker protocol. */
    record Violated(Phase phase, String message) implements Observation {}

    /** The suite could not show the stimulus to it. */
    record NotDriven(String reason) implements Observation {}

    /** A must-reject stimulus: what became of the valid twin and of the broken one. */
    record Twins(Observation valid, Observation broken) implements Observation {}

    /** A script: an observation a step, up to a death or a time-out. */
    record Transcript(List<Observation> steps) implements Observation {
        public Transcript {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A load.
     *
     * @param latencies nanoseconds a query, int64, in order of issue
     * @param samples samples done
     * @param totalNanos from the first issue to the last completion
     * @param outputs the outputs of sample 0, taken during the load
     * @param effective settings as they came to be, by name
     */
    record Measured(
            Tensor latencies,
            long samples,
            long totalNanos,
            SortedMap<String, Recorded> outputs,
            SortedMap<String, String> effective)
            implements Observation {
        public Measured {
            outputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
            effective = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(effective));
        }
    }

    /** Where in the life of a session it happened. */
    enum Phase {
        START,
        LOAD,
        RUN,
        CLOSE
    }

    /** Whether the process is gone after this. */
    default boolean ended() {
        return this instanceof Crashed
                || this instanceof TimedOut
                || this instanceof Exceeded
                || this instanceof Violated;
    }
}
