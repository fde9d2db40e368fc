package org.aiis.conformance.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.reference.evaluator.Evaluator;

/** Finds the operators of a model that the oracle does not know, in graphs within graphs and in functions too. */
final class Unknown {
    /** Graphs within graphs and functions within functions: the oracle refuses what is nested deeper. */
    private static final int DEEPEST = 64;

    private final Map<String, FunctionProto> functions = new HashMap<>();

    private Unknown(ModelProto model) {
        model.getFunctionsList().forEach(f -> functions.put(key(domain(f.getDomain()), f.getName()), f));
    }

    /** A node that it does not know, or that holds such nodes. */
    record Foreign(int node, String name, String operator, String domain) {
        /** As a person reads it. */
        String told() {
            return "node '" + name + "' (" + operator + (domain.isEmpty() ? "" : " of " + domain) + ")";
        }
    }

    /** @param nodes of the model's graph; the numbers of those found are places in this list */
    static List<Foreign> in(ModelProto model, List<NodeProto> nodes) {
        Unknown unknown = new Unknown(model);
        Map<String, Integer> versions = versions(model.getOpsetImportList());
        List<Foreign> found = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            int at = i;
            NodeProto node = nodes.get(i);
            unknown.within(node, versions, 1, new HashSet<>())
                    .ifPresent(odd ->
                            found.add(new Foreign(at, node.getName(), odd.getOpType(), domain(odd.getDomain()))));
        }
        return found;
    }

    private static Map<String, Integer> versions(List<OperatorSetIdProto> imports) {
        Map<String, Integer> versions = new HashMap<>();
        imports.forEach(i -> versions.put(domain(i.getDomain()), (int) Math.min(i.getVersion(), Integer.MAX_VALUE)));
        return versions;
    }

    private static String domain(String name) {
        return name.equals("ai.onnx") ? "" : name;
    }

    private static String key(String domain, String name) {
        return domain + "/" + name;
    }

    private Optional<NodeProto> within(NodeProto node, Map<String, Integer> versions, int depth, Set<String> calls) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        String key = key(domain(node.getDomain()), node.getOpType());
        FunctionProto function = functions.get(key);
        if (function != null) {
            Set<String> deeper = new HashSet<>(calls);
            return deeper.add(key)
                    ? first(function.getNodeList(), versions(function.getOpsetImportList()), depth + 1, deeper)
                    : Optional.empty();
        }
        int version = versions.getOrDefault(domain(node.getDomain()), 0);
        if (!Evaluator.knows(domain(node.getDomain()), node.getOpType(), version)) {
            return Optional.of(node);
        }
        for (AttributeProto attribute : node.getAttributeList()) {
            List<GraphProto> graphs = new ArrayList<>(attribute.getGraphsList());
            if (attribute.hasG()) {
                graphs.add(attribute.getG());
            }
            for (GraphProto graph : graphs) {
                var odd = first(graph.getNodeList(), versions, depth + 1, calls);
                if (odd.isPresent()) {
                    return odd;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<NodeProto> first(
            List<NodeProto> nodes, Map<String, Integer> versions, int depth, Set<String> calls) {
        return nodes.stream()
                .flatMap(n -> within(n, versions, depth, calls).stream())
                .findFirst();
    }
}
