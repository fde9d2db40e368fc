package org.aiis.conformance.backend.ort;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.backend.ort.Graph.Node;

/** A graph before and after optimisation, and what became of the values of a node. */
final class Rewriting {
    private final Graph original;
    private final Graph optimised;
    private final Map<String, Node> makerNow = new HashMap<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Map<String, List<Node>> named = new HashMap<>();
    private final Map<String, Node> maker = new HashMap<>();
    private final Set<String> constant;

    Rewriting(Graph original, Graph optimised) {
        this.original = original;
        this.optimised = optimised;
        for (Node node : optimised.nodes()) {
            for (String value : node.outputs()) {
                makerNow.put(value, node);
            }
        }
        for (Node node : original.nodes()) {
            for (String value : node.inputs()) {
                readers.computeIfAbsent(value, k -> new ArrayList<>()).add(node);
            }
            for (String value : node.outputs()) {
                maker.put(value, node);
            }
            if (!node.name().isEmpty()) {
                named.computeIfAbsent(node.name(), k -> new ArrayList<>()).add(node);
            }
        }
        constant = constants(original, optimised);
    }

    /** Whether all its values are known before the run: from constants alone, or an initializer now. */
    boolean folds(Node node) {
        return constant.containsAll(node.outputs()); // An output left out is among them.
    }

    /** The node that makes this node's values now, or the first that are made from them and still there. */
    Optional<Node> taker(Node node) {
        for (String value : lasting(node)) {
            Node now = makerNow.get(value);
            if (now != null) {
                return Optional.of(now);
            }
        }
        return Optional.empty();
    }

    /** Whether a value that is made from this node's values is an initializer now. */
    boolean endsInConstant(Node node) {
        return !Collections.disjoint(lasting(node), optimised.constants());
    }

    /** The values nearest to the node's own that the optimised graph still has, nearest first. */
    private Set<String> lasting(Node node) {
        Set<String> lasting = new LinkedHashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(node));
        Set<Integer> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Node next = open.poll();
            if (!seen.add(next.index())) {
                continue;
            }
            for (String value : next.outputs()) {
                if (makerNow.containsKey(value) || optimised.constants().contains(value)) {
                    lasting.add(value);
                } else if (!value.isEmpty()) {
                    open.addAll(readers.getOrDefault(value, List.of()));
                }
            }
        }
        return lasting;
    }

    /**
     * A node that is not of the original graph with those like it that compute its inputs, back to the values and nodes that
     * the original graph has too; in the order of the optimised graph.
     */
    List<Node> made(Node last) {
        Deque<Node> open = new ArrayDeque<>(List.of(last));
        Map<Integer, Node> made = new TreeMap<>();
        while (!open.isEmpty()) {
            Node next = open.poll();
            if (made.putIfAbsent(next.index(), next) == null) {
                for (String value : next.inputs()) {
                    Node now = makerNow.get(value);
                    if (now != null && !maker.containsKey(value) && !isOriginal(now)) {
                        open.add(now);
                    }
                }
            }
        }
        return List.copyOf(made.values());
    }

    /** Whether a node of the optimised graph is one of the original graph as it was. */
    boolean isOriginal(Node now) {
        for (Node before : named.getOrDefault(now.name(), List.of())) {
            if (isSameAs(now, before)) {
                return true;
            }
        }
        for (String value : now.outputs()) {
            Node before = maker.get(value);
            if (before != null && isSameAs(now, before)) {
                return true;
            }
        }
        return false;
    }

    /** Same operator, attributes and constants: nothing was taken into it. Names of its other values may differ. */
    boolean isSameAs(Node now, Node before) {
        boolean alike = before.name().isEmpty()
                ? !Collections.disjoint(now.outputs(), before.outputs())
                : now.name().equals(before.name());
        return alike
                && now.op().equals(before.op())
                && Set.copyOf(now.attributes()).equals(Set.copyOf(before.attributes()))
                && among(now, optimised.constants()).equals(among(before, original.constants()));
    }

    private static List<String> among(Node node, Set<String> constants) {
        List<String> among = new ArrayList<>(node.inputs());
        among.retainAll(constants);
        return among;
    }

    /** Names of all values that follow from constants alone, or that are constants after optimisation. */
    private static Set<String> constants(Graph original, Graph optimised) {
        Set<String> constant = new HashSet<>(original.constants());
        constant.addAll(optimised.constants());
        constant.add(""); // an input left out
        for (Node node : original.nodes()) {
            if (constant.containsAll(node.inputs())) {
                constant.addAll(node.outputs());
            }
        }
        return constant;
    }
}
