package org.aiis.conformance.backend.ort;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aiis.spec.codec.Codec;

/**
 * Which nodes ran where, from the profile that ONNX Runtime writes: events of category "Node" named
 * {@code NAME_kernel_time} with {@code args.op_name} and {@code args.provider}. A node without a name is called
 * {@code Op_index} by ONNX Runtime.
 */
record Profile(Map<String, Event> byName) {
    private static final String SUFFIX = "_kernel_time";

    record Event(String name, String op, String provider) {
        @Override
        public String toString() {
            return name + " (" + op + ", " + provider + ")";
        }
    }

    static Profile read(Path file) {
        Map<String, Event> events = new LinkedHashMap<>();
        for (JsonNode event : Codec.tree(Codec.text(file), "profile")) {
            String name = event.path("name").asText();
            JsonNode provider = event.path("args").path("provider");
            if (event.path("cat").asText().equals("Node") && name.endsWith(SUFFIX) && provider.isTextual()) {
                String node = name.substring(0, name.length() - SUFFIX.length());
                events.put(
                        node, new Event(node, event.path("args").path("op_name").asText(), provider.asText()));
            }
        }
        return new Profile(events);
    }

    /** The event of a node of the graph that ran. */
    java.util.Optional<Event> of(Graph.Node node) {
        String name = node.name().isEmpty() ? node.op() + "_" + node.index() : node.name();
        return java.util.Optional.ofNullable(byName.get(name));
    }
}
