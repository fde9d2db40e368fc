package org.aiis.reference.evaluator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.port.Oracle;

/**
 * The functions that a model holds. A call becomes a graph of its own: attributes of the call stand where the body refers
 * to them, and an input that the call leaves out is left out in the body.
 */
final class Functions {
    private final Map<String, FunctionProto> byName = new HashMap<>();

    Functions(List<FunctionProto> functions) {
        for (FunctionProto function : functions) {
            if (byName.put(key(function.getDomain(), function.getName(), function.getOverload()), function) != null) {
                throw new Oracle.Refusal(
                        true, "function " + function.getDomain() + "." + function.getName() + " is given twice");
            }
        }
    }

    private static String key(String domain, String name, String overload) {
        return Imports.domain(domain) + "/" + name + "/" + overload;
    }

    Optional<FunctionProto> find(NodeProto node) {
        return Optional.ofNullable(byName.get(key(node.getDomain(), node.getOpType(), node.getOverload())));
    }

    /** The body of a function as one call of it has it. */
    static GraphProto body(FunctionProto function, NodeProto call) {
        if (call.getInputCount() > function.getInputCount() || call.getOutputCount() > function.getOutputCount()) {
            throw refusal(call, "has more inputs or outputs than the function");
        }
        Map<String, AttributeProto> given = new HashMap<>();
        function.getAttributeProtoList().forEach(otherwise -> given.put(otherwise.getName(), otherwise));
        Set<String> known = new HashSet<>(given.keySet());
        known.addAll(function.getAttributeList());
        for (AttributeProto attribute : call.getAttributeList()) {
            if (!known.contains(attribute.getName())) {
                throw refusal(call, "has the attribute '" + attribute.getName() + "', which the function has not");
            }
            given.put(attribute.getName(), attribute);
        }
        GraphProto.Builder body = GraphProto.newBuilder().setName(function.getName());
        Set<String> missing = new HashSet<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            String name = function.getInput(i);
            if (i < call.getInputCount() && !call.getInput(i).isEmpty()) {
                body.addInput(ValueInfoProto.newBuilder().setName(name));
            } else {
                missing.add(name);
            }
        }
        function.getNodeList().forEach(node -> body.addNode(bound(node, given, missing)));
        body.addAllValueInfo(function.getValueInfoList());
        function.getOutputList()
                .forEach(name -> body.addOutput(ValueInfoProto.newBuilder().setName(name)));
        return body.build();
    }

    /** A node of the body with attributes in the place of references, and without the inputs that are missing. */
    private static NodeProto bound(NodeProto node, Map<String, AttributeProto> given, Set<String> missing) {
        NodeProto.Builder bound = node.toBuilder().clearInput().clearAttribute();
        node.getInputList().forEach(name -> bound.addInput(missing.contains(name) ? "" : name));
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasRefAttrName()) {
                AttributeProto value = given.get(attribute.getRefAttrName());
                if (value != null) {
                    bound.addAttribute(value.toBuilder().setName(attribute.getName()));
                }
            } else if (attribute.hasG()) {
                bound.addAttribute(attribute.toBuilder().setG(bound(attribute.getG(), given, missing)));
            } else {
                bound.addAttribute(attribute);
            }
        }
        return bound.build();
    }

    private static GraphProto bound(GraphProto graph, Map<String, AttributeProto> given, Set<String> missing) {
        Set<String> stillMissing = new HashSet<>(missing);
        graph.getInputList().forEach(input -> stillMissing.remove(input.getName()));
        graph.getInitializerList().forEach(initializer -> stillMissing.remove(initializer.getName()));
        GraphProto.Builder bound = graph.toBuilder().clearNode();
        graph.getNodeList().forEach(node -> bound.addNode(bound(node, given, stillMissing)));
        return bound.build();
    }

    private static Oracle.Refusal refusal(NodeProto call, String why) {
        return new Oracle.Refusal(true, "node '" + call.getName() + "' (" + call.getOpType() + ") " + why);
    }
}
