package org.aiis.conformance.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.aiis.conformance.bisect.Anatomy;
import org.aiis.conformance.judge.Given;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Reference;
import org.aiis.spec.testing.Stimulus;

/**
 * A model of which the oracle does not know every node: it evaluates what it knows in pieces, and the nodes in between are run
 * by a backend that somebody trusts. From piece to piece go tensors, rounded to their types.
 */
final class Pieces {
    private final Anatomy anatomy;
    private final List<Piece> pieces = new ArrayList<>();
    private final Function<Stimulus.ModelRun, Observation> trusted;
    private final Set<String> results;

    private record Piece(boolean foreign, Set<Integer> nodes, Set<String> gives) {}

    Pieces(Anatomy anatomy, Set<Integer> foreign, Function<Stimulus.ModelRun, Observation> trusted) {
        this.anatomy = anatomy;
        this.trusted = trusted;
        this.results = anatomy.results();
        Set<Integer> together = new LinkedHashSet<>();
        for (int i = 0; i < anatomy.nodes().size(); i++) {
            if (foreign.contains(i)) {
                add(false, together);
                add(true, Set.of(i));
                together = new LinkedHashSet<>();
            } else {
                together.add(i);
            }
        }
        add(false, together);
    }

    private void add(boolean foreign, Set<Integer> nodes) {
        if (!nodes.isEmpty()) {
            Set<String> gives = new LinkedHashSet<>();
            nodes.forEach(i -> gives.addAll(anatomy.nodes().get(i).getOutputList()));
            gives.remove("");
            Set<String> wanted = new HashSet<>(results);
            for (int i = 0; i < anatomy.nodes().size(); i++) {
                if (!nodes.contains(i)) {
                    wanted.addAll(Anatomy.reads(anatomy.nodes().get(i)));
                }
            }
            gives.retainAll(wanted);
            pieces.add(new Piece(foreign, nodes, gives));
        }
    }

    /** @throws Oracle.Refusal when a piece is not valid, or the trusted backend does not run a node */
    Reference evaluate(Map<String, Tensor> inputs, Arithmetics arithmetics) {
        Map<String, Tensor> values = new HashMap<>(inputs);
        SortedMap<String, Reference.Value> outputs = new TreeMap<>();
        for (Piece piece : pieces) {
            if (!piece.gives.isEmpty()) {
                Stimulus.ModelRun run = anatomy.part(piece.nodes, typed(piece, values), values);
                evaluated(piece, run, arithmetics).forEach((name, value) -> {
                    values.put(name, value.rounded());
                    if (results.contains(name)) {
                        outputs.put(name, value);
                    }
                });
            }
        }
        return new Reference(outputs);
    }

    /** Types of what a piece gives: the oracle wants them declared, and the trusted backend knows what the oracle does not. */
    private Map<String, Optional<ElementType>> typed(Piece piece, Map<String, Tensor> values) {
        Map<String, ElementType> known = piece.foreign
                ? Map.of()
                : anatomy.program(anatomy.part(piece.nodes, Map.of(), values)).tensors();
        Map<String, Optional<ElementType>> typed = new TreeMap<>();
        piece.gives.forEach(name -> typed.put(name, Optional.ofNullable(known.get(name))));
        return typed;
    }

    private Map<String, Reference.Value> evaluated(Piece piece, Stimulus.ModelRun run, Arithmetics arithmetics) {
        if (!piece.foreign) {
            return anatomy.program(run).evaluate(run.inputs(), arithmetics).outputs();
        }
        String node = anatomy.nodes().get(piece.nodes.iterator().next()).getName();
        Map<String, Reference.Value> values = new TreeMap<>();
        if (trusted.apply(run) instanceof Observation.Outputs outputs) {
            outputs.values().forEach((name, value) -> {
                if (value instanceof Recorded.Whole whole) {
                    values.put(name, new Given(whole.tensor()));
                }
            });
        }
        if (!values.keySet().containsAll(piece.gives)) {
            throw new Oracle.Refusal(false, "the reference backend does not run node '" + node + "'");
        }
        return values;
    }
}
