package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.spec.port.Oracle;

/** Puts nodes so that each comes after those it reads from, otherwise in the order given. */
final class Ordering {
    private Ordering() {}

    /**
     * The nodes in order.
     *
     * @param produced names that the nodes write
     * @param known whether a name has a value before the first node runs
     */
    static List<NodeProto> of(List<NodeProto> nodes, Set<String> produced, Predicate<String> known) {
        Map<String, List<Integer>> readers = new HashMap<>();
        int[] waiting = new int[nodes.size()];
        Queue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : reads(nodes.get(i))) {
                if (produced.contains(input)) {
                    waiting[i]++;
                    readers.computeIfAbsent(input, k -> new ArrayList<>()).add(i);
                } else if (!input.isEmpty() && !known.test(input)) {
                    throw refusal("node '" + nodes.get(i).getName() + "' reads '" + input + "', which nothing writes");
                }
            }
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            NodeProto node = nodes.get(ready.remove());
            ordered.add(node);
            for (String output : node.getOutputList()) {
                for (int reader : output.isEmpty() ? List.<Integer>of() : readers.getOrDefault(output, List.of())) {
                    if (--waiting[reader] == 0) {
                        ready.add(reader);
                    }
                }
            }
        }
        if (ordered.size() < nodes.size()) {
            throw refusal("the graph has a cycle");
        }
        return ordered;
    }

    /** The inputs of a node, and what the graphs of its attributes take from around them. */
    private static Set<String> reads(NodeProto node) {
        Set<String> reads = new TreeSet<>(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                reads.addAll(free(attribute.getG()));
            }
        }
        return reads;
    }

    /** Names that a graph reads and does not write itself. */
    private static Set<String> free(GraphProto graph) {
        Set<String> free = new TreeSet<>();
        graph.getOutputList().forEach(output -> free.add(output.getName()));
        graph.getNodeList().forEach(node -> free.addAll(reads(node)));
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(free::remove));
        graph.getInputList().forEach(input -> free.remove(input.getName()));
        graph.getInitializerList().forEach(initializer -> free.remove(initializer.getName()));
        return free;
    }

    private static Oracle.Refusal refusal(String why) {
        return new Oracle.Refusal(true, why);
    }
}
