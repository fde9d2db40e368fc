package org.aiis.conformance.backend.ort;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.aiis.conformance.backend.ort.Graph.Node;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;

/**
 * Tells where each node of the original graph ran. Nodes that left an event of their own ran on the event's provider.
 * For the others the optimised graph tells who makes their values now: nobody, since they are constant (folded); nodes
 * that took them in or that they were expanded into (fused); or their producer or consumer as it always was (eliminated).
 *
 * <p>A graph with nodes that a provider compiled cannot be written down. There the graph as the providers were asked about it
 * is the optimised one, and what it holds and left no event is in a compiled node.
 */
final class Placement {
    /** Nodes named in one placement: a fused block can have thousands. */
    private static final int NAMED = 16;

    private final Graph original;
    private final Profile profile;
    private final Rewriting rewriting;

    /** Where a node of the optimised graph went that left no event: by provider, what took it in. */
    private final Map<String, Set<String>> hidden = new TreeMap<>();

    private Placement(Graph original, Graph optimised, Profile profile, boolean compiled) {
        this.original = original;
        this.profile = profile;
        this.rewriting = new Rewriting(original, optimised);
        if (compiled) {
            profile.compilers().forEach(provider -> hide("compiled", provider));
            profile.unaccounted(optimised).forEach(event -> hide(event.op(), event.provider()));
        }
    }

    private void hide(String as, String provider) {
        hidden.computeIfAbsent(provider, p -> new LinkedHashSet<>()).add("(" + as + ", " + provider + ")");
    }

    /**
     * The placement of every node; of a node that several providers ran, one for each of them.
     *
     * @param optimised the graph as ONNX Runtime ran it, empty where it cannot be told; asked for only when a node left no
     *     event
     * @param shown the graph as the providers were asked about it; asked for only when nodes were compiled
     */
    static List<NodePlacement> of(
            Graph original, Profile profile, Supplier<Optional<Graph>> optimised, Supplier<Optional<Graph>> shown) {
        List<NodePlacement> each = own(original, profile);
        if (each.size() >= original.nodes().size()) {
            return each;
        }
        boolean compiled = !profile.compilers().isEmpty();
        Optional<Graph> now = compiled ? shown.get() : optimised.get();
        boolean neverRan = profile.events().isEmpty()
                && now.filter(graph -> graph.nodes().isEmpty()).isEmpty();
        Placement placement = new Placement(original, now.orElse(Graph.EMPTY), profile, compiled);
        List<NodePlacement> placed = new ArrayList<>();
        for (Node node : original.nodes()) {
            Set<String> own = profile.of(node);
            if (!own.isEmpty()) {
                placed.addAll(ran(node, own));
            } else if (neverRan || now.isEmpty()) {
                placed.add(placed(node, State.UNKNOWN));
            } else {
                placed.addAll(placement.rewritten(node));
            }
        }
        return placed;
    }

    /** All nodes on one provider, each as it is. */
    static List<NodePlacement> all(Graph original, String provider) {
        List<NodePlacement> placed = new ArrayList<>();
        for (Node node : original.nodes()) {
            placed.add(new NodePlacement(node.label(), State.PROVIDER, provider));
        }
        return placed;
    }

    /** Where every node left an event of its own, as in nine models of ten: where each ran. Else empty. */
    private static List<NodePlacement> own(Graph original, Profile profile) {
        List<NodePlacement> placed = new ArrayList<>();
        for (Node node : original.nodes()) {
            Set<String> own = profile.of(node);
            if (own.isEmpty()) {
                return List.of();
            }
            placed.addAll(ran(node, own));
        }
        return placed;
    }

    private static List<NodePlacement> ran(Node node, Set<String> providers) {
        List<NodePlacement> placed = new ArrayList<>();
        for (String provider : providers) {
            placed.add(new NodePlacement(node.label(), State.PROVIDER, provider));
        }
        return placed;
    }

    /** A node without an event of its own. */
    private List<NodePlacement> rewritten(Node node) {
        if (rewriting.folds(node)) {
            return List.of(placed(node, State.FOLDED));
        }
        Optional<Node> taker = rewriting.taker(node);
        if (taker.isEmpty()) {
            return List.of(placed(node, rewriting.endsInConstant(node) ? State.FOLDED : State.ELIMINATED));
        }
        if (rewriting.isSameAs(taker.get(), node)) {
            return hidden(node); // There it is, and left no event.
        }
        if (rewriting.isOriginal(taker.get())) {
            return List.of(placed(node, State.ELIMINATED));
        }
        List<Node> made = rewriting.made(taker.get());
        for (Node now : made) {
            if (!now.op().equals("Identity")) {
                return fused(node, made);
            }
        }
        return List.of(placed(node, State.ELIMINATED)); // Its output is its input.
    }

    /** One placement for each provider, so that none hides behind another. */
    private List<NodePlacement> fused(Node node, List<Node> made) {
        Map<String, Set<String>> byProvider = new TreeMap<>();
        for (Node now : made) {
            Set<String> providers = profile.ofMade(now, original.nodes().size());
            if (providers.isEmpty() && hidden.isEmpty()) {
                return List.of(placed(node, State.UNKNOWN));
            }
            if (providers.isEmpty()) {
                hidden.forEach((provider, named) -> byProvider
                        .computeIfAbsent(provider, p -> new LinkedHashSet<>())
                        .addAll(named));
            }
            for (String provider : providers) {
                String named = (now.name().isEmpty() ? "" : now.name() + " ") + "(" + now.op() + ", " + provider + ")";
                byProvider.computeIfAbsent(provider, p -> new LinkedHashSet<>()).add(named);
            }
        }
        return fusedInto(node, byProvider);
    }

    /** Of compiled nodes it is not told what they hold, so each of their providers may have run the node. */
    private List<NodePlacement> hidden(Node node) {
        return hidden.isEmpty() ? List.of(placed(node, State.UNKNOWN)) : fusedInto(node, hidden);
    }

    private static List<NodePlacement> fusedInto(Node node, Map<String, Set<String>> byProvider) {
        List<NodePlacement> placed = new ArrayList<>();
        for (Set<String> named : byProvider.values()) {
            placed.add(new NodePlacement(node.label(), State.FUSED_INTO, listed(named)));
        }
        return placed;
    }

    private static String listed(Set<String> named) {
        if (named.size() <= NAMED) {
            return String.join(", ", named);
        }
        return (named.size() - NAMED) + " more, "
                + String.join(", ", named.stream().limit(NAMED).toList());
    }

    private static NodePlacement placed(Node node, State state) {
        return new NodePlacement(node.label(), state, "");
    }
}
