package org.aiis.conformance.catalogue.hostile;

import java.util.ArrayList;
import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;

/** Inputs, outputs and the operator of a node. */
final class NodeDamage {
    /** Operators of different arity, kinds of attributes and kinds of values, all without state. */
    private static final List<String> OPERATORS = List.of(
            "Max",
            "Concat",
            "Gemm",
            "Conv",
            "Reshape",
            "Gather",
            "Slice",
            "Split",
            "TopK",
            "Resize",
            "LSTM",
            "If",
            "Scan",
            "Constant",
            "ConcatFromSequence",
            "StringNormalizer",
            "BatchNormalization",
            "DequantizeLinear",
            "Einsum",
            "Pad");

    private NodeDamage() {}

    static List<Damage.Named> all() {
        return List.of(
                Damage.node("blank-input", NodeDamage::blank),
                Damage.node("input-more", (node, seeded) -> {
                    for (long n = seeded.integer(1, 3); n > 0; n--) {
                        node.addInput(seeded.coin() || node.getInputCount() == 0 ? "" : node.getInput(0));
                    }
                }),
                Damage.node("input-less", NodeDamage::shorten),
                Damage.node("no-input", (node, seeded) -> node.clearInput()),
                Damage.model("rewired", NodeDamage::rewire),
                Damage.node("swapped-inputs", NodeDamage::swap),
                Damage.node("output-more", (node, seeded) -> {
                    for (long n = seeded.integer(1, 8); n > 0; n--) {
                        node.addOutput("more" + n);
                    }
                }),
                Damage.node("no-output", (node, seeded) -> {
                    if (seeded.coin() || node.getOutputCount() == 0) {
                        node.clearOutput();
                    } else {
                        node.setOutput(0, "");
                    }
                }),
                Damage.node("operator", (node, seeded) -> node.setOpType(Odd.one(OPERATORS, seeded))),
                Damage.node(
                        "domain",
                        (node, seeded) -> node.setDomain(Odd.one(
                                List.of("ai.onnx", "ai.onnx.ml", "com.microsoft", "ai.onnx.training", "here", "\u0000"),
                                seeded))));
    }

    private static void blank(NodeProto.Builder node, Seeded seeded) {
        if (node.getInputCount() == 0) {
            node.addInput("");
            return;
        }
        node.setInput((int) seeded.integer(0, node.getInputCount() - 1), "");
    }

    private static void shorten(NodeProto.Builder node, Seeded seeded) {
        List<String> inputs = new ArrayList<>(node.getInputList());
        if (inputs.isEmpty()) {
            node.clearOutput();
            return;
        }
        inputs.remove((int) seeded.integer(0, inputs.size() - 1));
        node.clearInput().addAllInput(inputs);
    }

    private static void swap(NodeProto.Builder node, Seeded seeded) {
        List<String> inputs = new ArrayList<>(node.getInputList());
        inputs.add("");
        java.util.Collections.rotate(inputs, (int) seeded.integer(1, inputs.size()));
        node.clearInput().addAllInput(inputs);
    }

    /** To any value of the graph, later ones and its own included. */
    private static void rewire(ModelProto.Builder model, Seeded seeded) {
        List<String> names = names(model.getGraph());
        NodeProto.Builder node = Damage.anyNode(model, seeded);
        String name = Odd.one(names, seeded);
        if (node.getInputCount() == 0) {
            node.addInput(name);
        } else {
            node.setInput((int) seeded.integer(0, node.getInputCount() - 1), name);
        }
    }

    /** Names of all values of a graph, and one that there is not. */
    static List<String> names(GraphProto graph) {
        List<String> names = new ArrayList<>(List.of("nothing"));
        graph.getInputList().forEach(i -> names.add(i.getName()));
        graph.getInitializerList().forEach(i -> names.add(i.getName()));
        graph.getNodeList().forEach(n -> names.addAll(n.getOutputList()));
        return names;
    }
}
