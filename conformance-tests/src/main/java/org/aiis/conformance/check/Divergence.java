package org.aiis.conformance.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.diff.Apart;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Verdict;

/**
 * What several systems make of one model, each against the oracle and against the first of them.
 *
 * @param nodes of the model's graph
 * @param digest SHA-256 of the model as it was shown, data included
 * @param unknown nodes that the oracle does not know
 * @param reference system that ran those nodes in the oracle's place
 * @param notes what was read otherwise than it is written
 * @param systems in the order in which they were asked for; the first is what the others are told against
 */
public record Divergence(
        int nodes,
        String digest,
        List<String> unknown,
        Optional<String> reference,
        List<String> notes,
        List<One> systems,
        OptionalLong suiteMiB) {
    public Divergence {
        unknown = List.copyOf(unknown);
        notes = List.copyOf(notes);
        systems = List.copyOf(systems);
    }

    /**
     * A system.
     *
     * @param backend as it was asked for
     * @param verdict the worst of all data sets
     * @param against how its outputs differ from the first system's, by data set; nothing of the first itself
     * @param parting where its tensors part from the first system's; empty where nobody asked
     */
    public record One(
            String backend,
            Sut sut,
            Verdict verdict,
            List<Report.DataSet> sets,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, List<Output>> against,
            Optional<Parting> parting,
            OptionalLong workerMiB) {
        public One {
            sets = List.copyOf(sets);
            against = Collections.unmodifiableSortedMap(new TreeMap<>(against));
        }
    }

    /**
     * An output against the first system's.
     *
     * @param limits the largest difference in units of what the oracle allows each of them there
     * @param errorFirst the first system's largest error in those units
     * @param errorHere this one's
     */
    public record Output(
            String name,
            Apart apart,
            Optional<Double> limits,
            Optional<Double> errorFirst,
            Optional<Double> errorHere) {
        /** Which of the two is closer to the oracle, in words; nothing where neither is, or it is not known. */
        public String closer() {
            if (errorFirst.isEmpty() || errorHere.isEmpty() || apart.same()) {
                return "";
            }
            int order = errorFirst.get().compareTo(errorHere.get());
            return order == 0 ? "" : order < 0 ? "the first" : "this one";
        }
    }

    /**
     * Where two systems part, with every tensor of the graph among the outputs, which may keep nodes from being taken together.
     *
     * @param compared nodes of which both systems gave the outputs
     * @param parted of these, nodes with other outputs
     * @param first the first of them, in an order in which each comes after what it reads
     * @param most the node with the largest difference relative to the magnitude of its output
     * @param remark why nothing could be compared; empty where it could
     */
    public record Parting(int compared, int parted, Optional<Node> first, Optional<Node> most, String remark) {}

    /** A node, by its name in the model. */
    public record Node(String name, String operator, Apart apart) {}

    /**
     * Whether a system does worse than the first: a worse verdict, other names, types or shapes, or NaN and infinities where the
     * first has none, or the other way round.
     */
    public boolean worse() {
        return systems.stream()
                .skip(1)
                .anyMatch(s -> s.verdict().compareTo(systems.get(0).verdict()) > 0
                        || s.against().values().stream()
                                .flatMap(List::stream)
                                .anyMatch(o -> !o.apart().unlike().isEmpty()
                                        || o.apart().special() > 0));
    }

    /** Whether all gave the same bits. */
    public boolean same() {
        return systems.stream()
                .flatMap(s -> s.against().values().stream())
                .flatMap(List::stream)
                .allMatch(o -> o.apart().same());
    }

    /** Whether it cannot be told which is right: the oracle says nothing, and they differ. */
    public boolean open() {
        return !same() && systems.stream().anyMatch(s -> s.verdict() == Verdict.INCONCLUSIVE);
    }
}
