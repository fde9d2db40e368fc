package org.aiis.conformance.backend.ort;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which nodes ran where, from the profile that ONNX Runtime writes, or from the graph that it ran where one provider is alone: events of category "Node" named
 * {@code NAME_kernel_time} with {@code args.op_name} and {@code args.provider}. A node without a name is called
 * {@code Op_number} by ONNX Runtime, where the number is its position in the model, or a later one for nodes that ONNX
 * Runtime made itself.
 */
record Profile(Set<Event> events) {
    private static final Pattern NUMBERED = Pattern.compile("(.+)_([0-9]{1,9})");

    /** Operators that only carry values from one provider to the next. */
    private static final Set<String> CARRIERS = Set.of("MemcpyFromHost", "MemcpyToHost", "Cast");

    record Event(String name, String op, String provider) {
        /**
         * Whether it is of a node that its provider compiled: ONNX Runtime calls such a node {@code PROVIDER_OP_number}
         * (graph_partitioner.cc), where the operator is made up, and none of any standard's.
         */
        boolean isCompiled() {
            return name.startsWith(provider + "_" + op + "_");
        }

        /** A record's own takes longer than what it is asked for here: it is built of method handles. */
        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** @throws org.aiis.spec.codec.InputException when it is too large or torn */
    static Profile read(Path file) {
        Set<Event> events = new LinkedHashSet<>();
        ProfileEvents.each(file, noted -> {
            if (noted.isKernel()) {
                events.add(new Event(noted.node(), noted.op(), noted.provider()));
            }
        });
        return new Profile(events);
    }

    /**
     * The events that nodes of an optimised graph leave when it is run in a session that has one provider alone: each runs on
     * it. What a file does not tell is the number of a node without a name: that of the node of the model with its operator
     * that made one of its values, else one behind all of them.
     */
    static Profile planned(Graph original, Graph optimised, String provider) {
        Map<String, Graph.Node> unnamed = new HashMap<>();
        for (Graph.Node node : original.nodes()) {
            if (node.name().isEmpty()) {
                for (String value : node.outputs()) {
                    unnamed.put(value, node);
                }
            }
        }
        Set<Event> events = new LinkedHashSet<>();
        int made = original.nodes().size();
        for (Graph.Node node : optimised.nodes()) {
            String name = node.name();
            if (name.isEmpty()) {
                int number = numberOf(node, unnamed);
                name = node.op() + "_" + (number < 0 ? made++ : number);
            }
            events.add(new Event(name, node.op(), provider));
        }
        return new Profile(events);
    }

    /** Position of the node of the model that made one of its values and has its operator, or -1. */
    private static int numberOf(Graph.Node now, Map<String, Graph.Node> unnamed) {
        for (String value : now.outputs()) {
            Graph.Node before = unnamed.get(value);
            if (before != null && before.op().equals(now.op())) {
                return before.index();
            }
        }
        return -1;
    }

    /** What ONNX Runtime calls a node of the model. */
    static String nameOf(Graph.Node node) {
        return node.name().isEmpty() ? node.op() + "_" + node.index() : node.name();
    }

    /** The providers that ran a node of the model as it is; several when names are not unique, none when it left no event. */
    Set<String> of(Graph.Node node) {
        String name = nameOf(node);
        return providers(event -> event.name().equals(name) && event.op().equals(node.op()));
    }

    /**
     * The providers that ran a node that ONNX Runtime made. Its number is not told in the graph that is written down, so a
     * node without a name may be any of its operator: all their providers are named.
     *
     * @param first number of nodes in the model: the least number of a node made later
     */
    Set<String> ofMade(Graph.Node node, int first) {
        if (!node.name().isEmpty()) {
            return of(node);
        }
        return providers(event -> event.op().equals(node.op()) && number(event) >= first);
    }

    /** The providers that compiled nodes and ran them. */
    Set<String> compilers() {
        return providers(Event::isCompiled);
    }

    /** The providers of some of the events. */
    private Set<String> providers(Predicate<Event> which) {
        Set<String> providers = new TreeSet<>();
        for (Event event : events) {
            if (which.test(event)) {
                providers.add(event.provider());
            }
        }
        return providers;
    }

    /**
     * What other providers ran that no node of a graph accounts for, but copies and casts in between: made after the providers
     * were asked, of nodes that were theirs.
     *
     * @param shown the graph as the providers were asked about it
     */
    Set<Event> unaccounted(Graph shown) {
        Set<Event> left = new LinkedHashSet<>(events);
        left.removeIf(event -> event.isCompiled() || CARRIERS.contains(event.op()));
        for (Graph.Node node : shown.nodes()) {
            left.removeIf(event -> event.op().equals(node.op())
                    && (node.name().isEmpty()
                            ? number(event) >= 0
                            : event.name().equals(node.name())));
        }
        return left;
    }

    private static int number(Event event) {
        Matcher numbered = NUMBERED.matcher(event.name());
        return numbered.matches() && numbered.group(1).equals(event.op()) ? Integer.parseInt(numbered.group(2)) : -1;
    }
}
