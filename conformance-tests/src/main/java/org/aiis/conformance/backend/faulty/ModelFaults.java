package org.aiis.conformance.backend.faulty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;

/** Faults in reading a model: a wrong default, a wrong axis, an attribute ignored, an operator taken for another. */
final class ModelFaults {
    private ModelFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                node(
                        "softmax-axis",
                        "OP-Softmax-SHAPES",
                        "Softmax and LogSoftmax without an axis work along axis 1, as before opset 13",
                        n -> isOneOf(n, "Softmax", "LogSoftmax") ? defaulted(n, Attribute.of("axis", 1)) : n),
                node(
                        "leaky-alpha",
                        "OP-LeakyRelu-SHAPES",
                        "LeakyRelu's alpha is 0.1 where it is left out",
                        n -> isOneOf(n, "LeakyRelu") ? defaulted(n, Attribute.of("alpha", 0.1f)) : n),
                node(
                        "argmax-last",
                        "OP-ArgMax-SPECIAL",
                        "ArgMax gives the last of equal maxima where the first is asked for",
                        n -> isOneOf(n, "ArgMax") ? defaulted(n, Attribute.of("select_last_index", 1)) : n),
                node(
                        "epsilon-default",
                        "OP-LayerNormalization-VALUES",
                        "normalisations use an epsilon of 1e-3 where it is left out",
                        n -> isOneOf(n, "LayerNormalization", "BatchNormalization")
                                ? defaulted(n, Attribute.of("epsilon", 1e-3f))
                                : n),
                node(
                        "pads-swapped",
                        "OP-Conv-SHAPES",
                        "the padding before and after each axis is swapped in Conv and pooling",
                        n -> isOneOf(n, "Conv", "MaxPool", "AveragePool") ? replaced(n, "pads", ModelFaults::swap) : n),
                node(
                        "perm-reversed",
                        "OP-Transpose-SHAPES",
                        "Transpose reads its perm back to front",
                        n -> isOneOf(n, "Transpose") ? replaced(n, "perm", ModelFaults::reverse) : n),
                node(
                        "floor-for-round",
                        "OP-Round-VALUES",
                        "Round drops the fraction",
                        n -> isOneOf(n, "Round")
                                ? n.toBuilder().setOpType("Floor").build()
                                : n),
                node(
                        "exclusive-ignored",
                        "OP-CumSum-SHAPES",
                        "CumSum ignores that it is exclusive",
                        n -> isOneOf(n, "CumSum") ? without(n, "exclusive") : n),
                ofOptimiser(node(
                        "abs-optimised-away",
                        "OP-Abs-VALUES",
                        "Abs is taken for Identity while graph optimisation is on",
                        n -> isOneOf(n, "Abs")
                                ? n.toBuilder().setOpType("Identity").build()
                                : n)));
    }

    private static Fault.Named ofOptimiser(Fault.Named fault) {
        return new Fault.Named(fault.name(), fault.breaks(), fault.summary(), fault.make(), true);
    }

    private static Fault.Named node(String name, String breaks, String summary, UnaryOperator<NodeProto> change) {
        return new Fault.Named(name, breaks, summary, () -> new Fault() {
            @Override
            public ModelProto model(ModelProto model) {
                ModelProto.Builder changed = model.toBuilder();
                for (int i = 0; i < model.getGraph().getNodeCount(); i++) {
                    changed.getGraphBuilder()
                            .setNode(i, change.apply(model.getGraph().getNode(i)));
                }
                return changed.build();
            }
        });
    }

    private static boolean isOneOf(NodeProto node, String... operators) {
        return List.of(operators).contains(node.getOpType());
    }

    private static NodeProto defaulted(NodeProto node, AttributeProto attribute) {
        boolean given =
                node.getAttributeList().stream().anyMatch(a -> a.getName().equals(attribute.getName()));
        return given ? node : node.toBuilder().addAttribute(attribute).build();
    }

    private static NodeProto without(NodeProto node, String attribute) {
        NodeProto.Builder changed = node.toBuilder().clearAttribute();
        node.getAttributeList().stream()
                .filter(a -> !a.getName().equals(attribute))
                .forEach(changed::addAttribute);
        return changed.build();
    }

    private static NodeProto replaced(NodeProto node, String attribute, UnaryOperator<List<Long>> change) {
        NodeProto.Builder changed = node.toBuilder();
        for (int i = 0; i < node.getAttributeCount(); i++) {
            AttributeProto a = node.getAttribute(i);
            if (a.getName().equals(attribute)) {
                changed.setAttribute(
                        i,
                        a.toBuilder()
                                .clearInts()
                                .addAllInts(change.apply(a.getIntsList()))
                                .build());
            }
        }
        return changed.build();
    }

    private static List<Long> reverse(List<Long> values) {
        List<Long> reversed = new ArrayList<>(values);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<Long> swap(List<Long> pads) {
        List<Long> swapped = new ArrayList<>(pads.subList(pads.size() / 2, pads.size()));
        swapped.addAll(pads.subList(0, pads.size() / 2));
        return swapped;
    }
}
