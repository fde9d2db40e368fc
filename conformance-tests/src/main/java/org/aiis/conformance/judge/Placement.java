package org.aiis.conformance.judge;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.Verdict;

/**
 * Judges where nodes ran. Nothing told is left to the aggregate requirement.
 *
 * @param operators operator of each named node of the models shown
 */
public record Placement(Map<String, String> operators, Terms terms) {
    public Placement {
        operators = Map.copyOf(operators);
    }

    /** For the models of a stimulus; one that cannot be read names no node. */
    public static Placement of(Stimulus stimulus, Terms terms) {
        Map<String, String> operators = new HashMap<>();
        if (stimulus instanceof Stimulus.ModelRun run) {
            note(run.model(), operators);
        } else if (stimulus instanceof Stimulus.MustReject must) {
            note(must.valid().model(), operators);
        } else if (stimulus instanceof Stimulus.Script script) {
            script.steps().stream()
                    .filter(Step.Load.class::isInstance)
                    .forEach(step -> note(((Step.Load) step).bytes(), operators));
        }
        return new Placement(operators, terms);
    }

    private static void note(Bytes model, Map<String, String> operators) {
        try {
            for (NodeProto node : Models.parse(model).getGraph().getNodeList()) {
                operators.put(node.getName(), node.getOpType());
            }
        } catch (Oracle.Refusal damaged) {
            // It names no node, then.
        }
    }

    /** Operators of the nodes that ran on another provider than the one under test, declared or not. */
    public SortedSet<String> operatorsElsewhere(List<NodePlacement> nodes) {
        return nodes.stream()
                .filter(node -> ran(node) && !byProvider(node))
                .map(node -> operators.getOrDefault(node.node(), ""))
                .filter(operator -> !operator.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The finding that placement alone gives, if it gives one: nothing that ran elsewhere, was compiled away or is unknown
     * shows anything about the provider under test.
     *
     * @param required whether the case's operator and type are mandatory or claimed
     */
    Optional<Finding> judge(List<NodePlacement> nodes, boolean required) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (NodePlacement node : nodes) {
            counts.merge(node.state(), 1, Integer::sum);
            if (invented(node)) {
                return Optional.of(Finding.fail(
                        "placement", "it tells where node '" + node.node() + "' ran, which the model does not have"));
            }
            if (elsewhere(node)) {
                return Optional.of(Finding.fail("placement", ranElsewhere(node)));
            }
        }
        for (NodePlacement node : nodes) {
            if (declared(node)) {
                return Optional.of(asDeclared(node, required));
            }
        }
        int compiledAway = counts.getOrDefault(State.FOLDED, 0) + counts.getOrDefault(State.ELIMINATED, 0);
        if (!nodes.isEmpty() && !data() && (counts.containsKey(State.UNKNOWN) || compiledAway == nodes.size())) {
            return Optional.of(Finding.of(
                            Verdict.INCONCLUSIVE,
                            compiledAway == nodes.size()
                                    ? "no node was left to run: folded or eliminated"
                                    : "it is unknown where a node ran")
                    .because("not-driven"));
        }
        return Optional.empty();
    }

    private Finding asDeclared(NodePlacement node, boolean required) {
        String why = ranElsewhere(node) + ", as the ICS declares";
        return required
                ? Finding.of(Verdict.INCONCLUSIVE, why).because("not-driven")
                : Finding.of(Verdict.NOT_APPLICABLE, why + "; it is neither mandatory nor claimed")
                        .because("elsewhere");
    }

    private String ranElsewhere(NodePlacement node) {
        String operator = operators.getOrDefault(node.node(), "");
        return "node " + node.node() + (operator.isEmpty() ? "" : " (" + operator + ")") + " ran on " + node.by()
                + ", and not on " + terms.provider();
    }

    /** Whether the model holds constants alone, which are data and run nowhere. */
    private boolean data() {
        return !operators.isEmpty() && operators.values().stream().allMatch("Constant"::equals);
    }

    SortedMap<String, Long> tallies(List<NodePlacement> nodes) {
        SortedMap<String, Long> tallies = new TreeMap<>();
        tallies.put(nodes.isEmpty() ? "placement.untold" : "placement.told", 1L);
        for (NodePlacement node : nodes) {
            String where = elsewhere(node)
                    ? "nodes.elsewhere"
                    : declared(node)
                            ? "nodes.declared"
                            : switch (node.state()) {
                                case PROVIDER, FUSED_INTO -> "nodes.provider";
                                case FOLDED, ELIMINATED -> "nodes.compiled-away";
                                case UNKNOWN -> "nodes.unknown";
                            };
            tallies.merge(where, 1L, Long::sum);
        }
        return tallies;
    }

    /** Unnamed nodes are told by their position, and a model that cannot be read names none. */
    private boolean invented(NodePlacement node) {
        return !operators.isEmpty()
                && !operators.containsKey(node.node())
                && !node.node().isEmpty()
                && !node.node().startsWith("#");
    }

    private boolean elsewhere(NodePlacement node) {
        return !declared(node) && ran(node) && !byProvider(node);
    }

    private boolean declared(NodePlacement node) {
        return ran(node) && !byProvider(node) && terms.fallback().contains(operators.getOrDefault(node.node(), ""));
    }

    private static boolean ran(NodePlacement node) {
        return node.state() == State.PROVIDER || node.state() == State.FUSED_INTO;
    }

    /** Fused nodes are told by name with their provider at the end, in brackets or not. */
    private boolean byProvider(NodePlacement node) {
        return terms.provider().isEmpty()
                || (node.state() == State.PROVIDER ? node.by().equals(terms.provider()) : endsInProvider(node.by()));
    }

    private boolean endsInProvider(String by) {
        String told = by.endsWith(")") ? by.substring(0, by.length() - 1) : by;
        String before =
                told.substring(0, Math.max(0, told.length() - terms.provider().length()));
        return told.endsWith(terms.provider())
                && (before.isEmpty() || " ,(".indexOf(before.charAt(before.length() - 1)) >= 0);
    }
}
