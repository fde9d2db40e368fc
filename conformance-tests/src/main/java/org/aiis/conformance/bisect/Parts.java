package org.aiis.conformance.bisect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.aiis.onnx.NodeProto;
import org.aiis.spec.tensor.ElementType;

/**
 * A graph in parts whose tensors are shown in one run each: neighbouring nodes, with what they make and what they read from nodes before,
 * so that each node can be judged within one run.
 */
public final class Parts {
    /** Bytes of tensors in between that a worker is asked for in one run: it holds them more than once, beside the model. */
    private static final long AT_ONCE = 160L << 20;

    private final List<NodeProto> nodes;
    private final Map<String, ElementType> tensors;
    private final ToLongFunction<String> bytes;

    private Parts(List<NodeProto> nodes, Map<String, ElementType> tensors, ToLongFunction<String> bytes) {
        this.nodes = nodes;
        this.tensors = tensors;
        this.bytes = bytes;
    }

    /**
     * A part.
     *
     * @param from its first node
     * @param to the node behind its last
     * @param tensors that its run shows
     */
    public record Part(int from, int to, Map<String, ElementType> tensors) {
        public Part {
            tensors = Map.copyOf(tensors);
        }

        /** Which of several it is, to go behind what is said of it; nothing where it is the only one. */
        public String told(List<Part> parts) {
            return parts.size() == 1 ? "" : ", part " + (parts.indexOf(this) + 1) + " of " + parts.size();
        }
    }

    /**
     * As few as it takes; one where everything fits.
     *
     * @param tensors that can be shown
     * @param bytes that a tensor has
     * @param limit bytes that one run may show; a node whose own tensors are more is a part by itself
     */
    public static List<Part> of(
            List<NodeProto> nodes, Map<String, ElementType> tensors, ToLongFunction<String> bytes, long limit) {
        return new Parts(nodes, tensors, bytes).within(limit);
    }

    /** Bytes that one run may show, for which this process has memory too. */
    public static long atOnce() {
        return Math.min(AT_ONCE, Runtime.getRuntime().maxMemory() / 6);
    }

    private List<Part> within(long limit) {
        if (tensors.keySet().stream().mapToLong(bytes).sum() <= limit) {
            return List.of(new Part(0, nodes.size(), tensors));
        }
        List<Part> parts = new ArrayList<>();
        Set<String> shown = new TreeSet<>();
        long held = 0;
        int from = 0;
        for (int i = 0; i < nodes.size(); i++) {
            Set<String> around = around(i);
            long more = around.stream()
                    .filter(n -> !shown.contains(n))
                    .mapToLong(bytes)
                    .sum();
            if (i > from && held + more > limit) {
                parts.add(new Part(from, i, typed(shown)));
                shown.clear();
                held = 0;
                more = around.stream().mapToLong(bytes).sum();
                from = i;
            }
            shown.addAll(around);
            held += more;
        }
        parts.add(new Part(from, nodes.size(), typed(shown)));
        return parts;
    }

    /** What a node makes and reads, of what can be shown. */
    private Set<String> around(int node) {
        Set<String> around = new TreeSet<>(nodes.get(node).getOutputList());
        around.addAll(Anatomy.reads(nodes.get(node)));
        around.retainAll(tensors.keySet());
        return around;
    }

    private Map<String, ElementType> typed(Set<String> names) {
        Map<String, ElementType> typed = new TreeMap<>(tensors);
        typed.keySet().retainAll(names);
        return typed;
    }
}
