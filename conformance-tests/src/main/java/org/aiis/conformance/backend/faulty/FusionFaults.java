package org.aiis.conformance.backend.faulty;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * Faults of nodes that are taken together: they show where one node alone reads what another gives and nobody else sees it, and
 * each of the two is right by itself.
 */
final class FusionFaults {
    private FusionFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                fused(
                        "bias-fused-away",
                        "an Add is lost where it alone reads the result of a MatMul, as a fusion of the two may lose it",
                        "MatMul",
                        "Add",
                        (product, add) -> instead(add, "Identity", product.getOutput(0))),
                fused(
                        "relu-fused-away",
                        "a Relu is lost where it alone reads the result of an Add",
                        "Add",
                        "Relu",
                        (add, relu) -> relu.toBuilder().setOpType("Identity").build()),
                fused(
                        "multiply-add-sign",
                        "an Add that alone reads the result of a Mul subtracts, as a fused multiply-add of the wrong sign",
                        "Mul",
                        "Add",
                        (product, add) -> add.toBuilder().setOpType("Sub").build()),
                fused(
                        "softmax-fused-axis",
                        "a Softmax that alone reads the result of a Gemm works along axis 0",
                        "Gemm",
                        "Softmax",
                        (product, softmax) -> softmax.toBuilder()
                                .clearAttribute()
                                .addAttribute(Attribute.of("axis", 0))
                                .build()),
                fused(
                        "skip-norm-forgets",
                        "a LayerNormalization that alone reads the result of an Add forgets what is added",
                        "Add",
                        "LayerNormalization",
                        (add, norm) ->
                                norm.toBuilder().setInput(0, add.getInput(0)).build()),
                new Fault.Named(
                        "dies-fusing-norm",
                        "NUM-CHAIN",
                        "its process ends where a LayerNormalization alone reads the result of an Add",
                        FusionFaults::dying));
    }

    private static NodeProto instead(NodeProto node, String operator, String input) {
        return node.toBuilder().setOpType(operator).clearInput().addInput(input).build();
    }

    private static Fault.Named fused(
            String name, String summary, String first, String second, BinaryOperator<NodeProto> change) {
        return new Fault.Named(name, "NUM-CHAIN", summary, () -> new Fault() {
            @Override
            public ModelProto model(ModelProto model) {
                ModelProto.Builder changed = model.toBuilder();
                pairs(model, first, second).forEach((at, before) -> changed.getGraphBuilder()
                        .setNode(at, change.apply(before, model.getGraph().getNode(at))));
                return changed.build();
            }
        });
    }

    private static Fault dying() {
        return new Fault() {
            @Override
            public Observation answer(Step step, Function<Step, Observation> next) {
                if (step instanceof Step.Load load && fuses(load)) {
                    Runtime.getRuntime().halt(139);
                }
                return next.apply(step);
            }
        };
    }

    private static boolean fuses(Step.Load load) {
        try {
            return !pairs(Models.parse(load.bytes()), "Add", "LayerNormalization")
                    .isEmpty();
        } catch (Oracle.Refusal noModel) {
            return false;
        }
    }

    /** Places of nodes of the second operator that read what a node of the first one gives them alone, with that node. */
    private static Map<Integer, NodeProto> pairs(ModelProto model, String first, String second) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        model.getGraph().getOutputList().forEach(o -> twice.add(o.getName()));
        Map<String, NodeProto> makers = new HashMap<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            node.getInputList().stream().filter(name -> !seen.add(name)).forEach(twice::add);
            if (node.getOpType().equals(first)) {
                makers.put(node.getOutput(0), node);
            }
        }
        Map<Integer, NodeProto> pairs = new HashMap<>();
        for (int i = 0; i < model.getGraph().getNodeCount(); i++) {
            NodeProto node = model.getGraph().getNode(i);
            if (node.getOpType().equals(second)) {
                for (String input : node.getInputList()) {
                    if (makers.containsKey(input) && !twice.contains(input)) {
                        pairs.put(i, makers.get(input));
                        break;
                    }
                }
            }
        }
        return pairs;
    }
}
