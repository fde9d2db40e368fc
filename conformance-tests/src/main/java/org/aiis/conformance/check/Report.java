package org.aiis.conformance.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/**
 * What a backend makes of a model, as a person or a machine reads it.
 *
 * @param sut the system that was shown the model
 * @param nodes of the model's graph
 * @param digest SHA-256 of the model as it was shown, data included
 * @param unknown nodes that the oracle does not know
 * @param reference system that ran those nodes in the oracle's place
 * @param notes what was read otherwise than it is written
 * @param verdict the worst of all data sets
 * @param suiteMiB memory that the suite held at most, oracle included
 * @param workerMiB memory that the worker held at most
 */
public record Report(
        Sut sut,
        int nodes,
        String digest,
        List<String> unknown,
        Optional<String> reference,
        List<String> notes,
        List<DataSet> sets,
        Verdict verdict,
        OptionalLong suiteMiB,
        OptionalLong workerMiB) {
    public Report {
        unknown = List.copyOf(unknown);
        notes = List.copyOf(notes);
        sets = List.copyOf(sets);
    }

    /**
     * One data set.
     *
     * @param inputs type and shape of each input
     * @param finding on the outputs, against the oracle
     * @param outputs how far each output is off, where the oracle says what it should be
     * @param core the CPU provider of the same library, where there is one that is not the backend itself
     * @param placement where the nodes ran; empty where the backend does not tell
     * @param steady whether a second run gave the same bits, and a session that had run with other inputs before
     * @param latency a glance, by the worker's clock; none where it did not get that far
     */
    public record DataSet(
            String name,
            SortedMap<String, String> inputs,
            Finding finding,
            List<Output> outputs,
            Optional<Core> core,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, List<String>> placement,
            Steady steady,
            Optional<Latency> latency) {
        public DataSet {
            inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
            outputs = List.copyOf(outputs);
            placement = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(placement));
        }
    }

    /**
     * One output.
     *
     * @param worst largest difference from the reference in units of what is allowed there
     * @param difference largest difference
     * @param spread the largest spread of the reference
     * @param hidden what half of its elements may be off by and pass, as a share of the largest magnitude
     */
    public record Output(String name, String type, double worst, double difference, double spread, double hidden) {
        /** A share that hides faults that matter: what TF32 does to one product is a twentieth of it. */
        private static final double MUCH = 0.01;

        /** Whether the model itself shakes so much that this output says little about small faults. */
        public boolean hidesFaults() {
            return hidden > MUCH;
        }
    }

    /** The CPU provider of the same library, and the backend's largest difference from it in units of what is allowed. */
    public record Core(Verdict verdict, String message, Optional<Double> worst, Optional<Double> apart) {}

    /** Whether runs of one session, and of two, the other behind other inputs, gave the same bits; empty where there was no second one. */
    public record Steady(Optional<Boolean> runs, Optional<Boolean> sessions) {}

    /** Milliseconds of so many runs. */
    public record Latency(int runs, double median, double slowest) {}
}
