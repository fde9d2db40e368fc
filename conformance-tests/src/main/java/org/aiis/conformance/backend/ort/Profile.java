package org.aiis.conformance.backend.ort;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

/**
 * Which nodes ran where, from the profile that ONNX Runtime writes, or from the graph that it ran where one provider is alone: events of category "Node" named
 * {@code NAME_kernel_time} with {@code args.op_name} and {@code args.provider}. A node without a name is called
 * {@code Op_number} by ONNX Runtime, where the number is its position in the model, or a later one for nodes that ONNX
 * Runtime made itself.
 */
record Profile(Set<Event> events) {
    private static final String SUFFIX = "_kernel_time";
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
    }

    /** Reads what it needs and passes over the rest, as it comes: of each node's event the sizes and shapes are most of it. */
    static Profile read(Path file) {
        Set<Event> events = new LinkedHashSet<>();
        try (JsonParser from = Codec.tokens(Codec.text(file))) {
            if (from.nextToken() != JsonToken.START_ARRAY) {
                throw InputException.of("profile: not a list", "");
            }
            while (from.nextToken() == JsonToken.START_OBJECT) {
                event(from).ifPresent(events::add);
            }
            if (from.currentToken() != JsonToken.END_ARRAY || from.nextToken() != null) {
                throw InputException.of("profile: not a list of objects", "");
            }
        } catch (IOException e) {
            throw InputException.because("profile: torn", e);
        }
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
                node.outputs().forEach(value -> unnamed.put(value, node));
            }
        }
        Set<Event> events = new LinkedHashSet<>();
        int made = original.nodes().size();
        for (Graph.Node node : optimised.nodes()) {
            String name = node.name();
            if (name.isEmpty()) {
                Optional<Graph.Node> before = node.outputs().stream()
                        .map(unnamed::get)
                        .filter(found -> found != null && found.op().equals(node.op()))
                        .findFirst();
                name = node.op() + "_" + (before.isPresent() ? before.get().index() : made++);
            }
            events.add(new Event(name, node.op(), provider));
        }
        return new Profile(events);
    }

    private static Optional<Event> event(JsonParser from) throws IOException {
        String category = "";
        String name = "";
        String op = "";
        String provider = "";
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            switch (from.currentName()) {
                case "cat" -> category = text(from);
                case "name" -> name = text(from);
                case "args" -> {
                    if (from.nextToken() == JsonToken.START_OBJECT) {
                        while (from.nextToken() == JsonToken.FIELD_NAME) {
                            switch (from.currentName()) {
                                case "op_name" -> op = text(from);
                                case "provider" -> provider = text(from);
                                default -> passed(from);
                            }
                        }
                    } else {
                        from.skipChildren();
                    }
                }
                default -> passed(from);
            }
        }
        return category.equals("Node") && name.endsWith(SUFFIX) && !provider.isEmpty()
                ? Optional.of(new Event(name.substring(0, name.length() - SUFFIX.length()), op, provider))
                : Optional.empty();
    }

    private static void passed(JsonParser from) throws IOException {
        from.nextToken();
        from.skipChildren();
    }

    /** Of what is no text, none. */
    private static String text(JsonParser from) throws IOException {
        if (from.nextToken() == JsonToken.VALUE_STRING) {
            return from.getText();
        }
        from.skipChildren();
        return "";
    }

    /** The providers that ran a node of the model as it is; several when names are not unique, none when it left no event. */
    Set<String> of(Graph.Node node) {
        String name = node.name().isEmpty() ? node.op() + "_" + node.index() : node.name();
        Set<String> providers = new TreeSet<>();
        for (Event event : events) {
            if (event.name().equals(name) && event.op().equals(node.op())) {
                providers.add(event.provider());
            }
        }
        return providers;
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
        return events.stream()
                .filter(event -> event.op().equals(node.op()) && number(event) >= first)
                .map(Event::provider)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The providers that compiled nodes and ran them. */
    Set<String> compilers() {
        return events.stream()
                .filter(Event::isCompiled)
                .map(Event::provider)
                .collect(Collectors.toCollection(TreeSet::new));
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
