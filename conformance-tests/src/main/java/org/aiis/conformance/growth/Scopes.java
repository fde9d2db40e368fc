package org.aiis.conformance.growth;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aiis.onnx.NodeProto;

/**
 * Groups of nodes, one within the other, so that a large graph can be folded: by the scopes that an exporter wrote into the names
 * of nodes or of what they make, {@code /encoder/layer.0/attention/MatMul}, or, where there are none, by {@link Stretches}.
 */
final class Scopes {
    private static final int LONGEST_NAME = 200;
    private static final int DEEPEST = 24;

    private Scopes() {}

    /**
     * The groups of each node, the outermost first.
     *
     * @param maker the node that makes a tensor
     */
    static List<List<String>> of(List<NodeProto> nodes, Map<String, Integer> maker) {
        List<List<String>> byName = nodes.stream().map(n -> scope(n.getName())).toList();
        if (mostHave(byName)) {
            return byName;
        }
        List<List<String>> byOutput = nodes.stream()
                .map(n -> n.getOutputCount() == 0 ? List.<String>of() : scope(n.getOutput(0)))
                .toList();
        return mostHave(byOutput) ? byOutput : Stretches.of(nodes, maker);
    }

    private static boolean mostHave(List<List<String>> scopes) {
        return scopes.stream().filter(s -> !s.isEmpty()).count() * 2 > scopes.size();
    }

    private static List<String> scope(String name) {
        List<String> parts = Arrays.stream(name.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> part.length() > LONGEST_NAME ? part.substring(0, LONGEST_NAME) + "…" : part)
                .toList();
        return parts.isEmpty() ? List.of() : parts.subList(0, Math.min(DEEPEST, parts.size() - 1));
    }
}
