package org.aiis.conformance.backend.ort;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.aiis.conformance.backend.ort.Graph.Node;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;

/**
 * Tells where each node of the original graph ran. Nodes that left an event of their own ran on the event's provider.
 * For the others the optimised graph tells who makes their values now: nobody, since all inputs are constant (folded);
 * a node that took them in (fused); or their producer or consumer as it always was (eliminated).
 */
final class Placement {
    private final Graph original;
    private final Graph optimised;
    private final Profile profile;
    private final Map<String, Node> makerNow = new HashMap<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Set<String> constant;

    private Placement(Graph original, Graph optimised, Profile profile) {
        this.original = original;
        this.optimised = optimised;
        this.profile = profile;
        optimised.nodes().forEach(node -> node.outputs().forEach(value -> makerNow.put(value, node)));
        for (Node node : original.nodes()) {
            node.inputs().forEach(v -> readers.computeIfAbsent(v, k -> new ArrayList<>())
                    .add(node));
        }
        constant = constants(original);
    }

    /**
     * The placement of every node.
     *
     * @param optimised the graph as ONNX Runtime ran it; asked for only when a node left no event
     */
    static List<NodePlacement> of(Graph original, Profile profile, Supplier<Graph> optimised) {
        if (profile.byName().isEmpty() && !runsNothing(original, optimised)) {
            return original.nodes().stream()
                    .map(node -> new NodePlacement(node.label(), State.UNKNOWN, ""))
                    .toList();
        }
        boolean allRan =
                original.nodes().stream().allMatch(node -> ran(profile, node).isPresent());
        Placement placement = new Placement(original, allRan ? Graph.EMPTY : optimised.get(), profile);
        return original.nodes().stream().map(placement::of).toList();
    }

    /** No events: either it never ran, or nothing was left to run. */
    private static boolean runsNothing(Graph original, Supplier<Graph> optimised) {
        return !original.nodes().isEmpty() && optimised.get().nodes().isEmpty();
    }

    private static Optional<Profile.Event> ran(Profile profile, Node node) {
        return profile.of(node).filter(event -> event.op().equals(node.op()));
    }

    private NodePlacement of(Node node) {
        Optional<Profile.Event> own = ran(profile, node);
        if (own.isPresent()) {
            return new NodePlacement(node.label(), State.PROVIDER, own.get().provider());
        }
        if (node.outputs().stream().filter(v -> !v.isEmpty()).allMatch(constant::contains)) {
            return new NodePlacement(node.label(), State.FOLDED, "");
        }
        Optional<Node> taker = taker(node);
        if (taker.isEmpty()) {
            boolean known = !optimised.nodes().isEmpty();
            return new NodePlacement(node.label(), known ? State.ELIMINATED : State.UNKNOWN, "");
        }
        Node now = taker.get();
        Optional<Profile.Event> event = profile.of(now);
        if (isSameAs(now, node)) {
            return event.map(e -> new NodePlacement(node.label(), State.PROVIDER, e.provider()))
                    .orElse(new NodePlacement(node.label(), State.UNKNOWN, ""));
        }
        if (original.nodes().stream().anyMatch(other -> isSameAs(now, other))) {
            return new NodePlacement(node.label(), State.ELIMINATED, "");
        }
        return event.map(e -> new NodePlacement(
                        node.label(), State.FUSED_INTO, now.label() + " (" + e.op() + ", " + e.provider() + ")"))
                .orElse(new NodePlacement(node.label(), State.UNKNOWN, ""));
    }

    /** The node that makes this node's values now, or those that are made from them. */
    private Optional<Node> taker(Node node) {
        Deque<Node> open = new ArrayDeque<>(List.of(node));
        Set<Integer> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Node next = open.poll();
            if (!seen.add(next.index())) {
                continue;
            }
            for (String value : next.outputs()) {
                Node now = makerNow.get(value);
                if (now != null) {
                    return Optional.of(now);
                }
                open.addAll(readers.getOrDefault(value, List.of()));
            }
        }
        return Optional.empty();
    }

    /** Same operator, attributes and constants: nothing was taken into it. Names of its other values may differ. */
    private boolean isSameAs(Node now, Node before) {
        boolean named = before.name().isEmpty()
                ? now.outputs().stream().anyMatch(before.outputs()::contains)
                : now.name().equals(before.name());
        return named
                && now.op().equals(before.op())
                && now.attributes().equals(before.attributes())
                && among(now, optimised.constants()).equals(among(before, original.constants()));
    }

    private static List<String> among(Node node, Set<String> constants) {
        return node.inputs().stream().filter(constants::contains).toList();
    }

    /** Names of all values that follow from constants alone. */
    private static Set<String> constants(Graph graph) {
        Set<String> constant = new HashSet<>(graph.constants());
        constant.add(""); // an input left out
        for (Node node : graph.nodes()) {
            if (constant.containsAll(node.inputs())) {
                constant.addAll(node.outputs());
            }
        }
        return constant;
    }
}
