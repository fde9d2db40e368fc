package org.aiis.conformance.catalogue.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Faults: models rewritten node by node. */
final class Rewritten {
    private Rewritten() {}

    /** Each node replaced by what a function makes of it. */
    static UnaryOperator<Bytes> nodes(Function<NodeProto, List<NodeProto>> fault) {
        return bytes -> {
            ModelProto.Builder model = Models.parse(bytes).toBuilder();
            GraphProto.Builder graph = model.getGraphBuilder();
            List<NodeProto> nodes = new ArrayList<>();
            graph.getNodeList().forEach(node -> nodes.addAll(fault.apply(node)));
            graph.clearNode().addAllNode(nodes);
            return Bytes.own(model.build().toByteArray());
        };
    }

    /** The results of an operator times a float32 factor. */
    static UnaryOperator<Bytes> scaled(String operator, double factor) {
        UnaryOperator<Bytes> rewritten = nodes(node -> {
            if (!node.getOpType().equals(operator)) {
                return List.of(node);
            }
            String result = node.getOutput(0);
            NodeProto before = node.toBuilder().setOutput(0, result + "_before").build();
            NodeProto product = NodeProto.newBuilder()
                    .setName(node.getName() + "_fault")
                    .setOpType("Mul")
                    .addInput(result + "_before")
                    .addInput("fault_factor")
                    .addOutput(result)
                    .build();
            return List.of(before, product);
        });
        return bytes -> {
            ModelProto.Builder model = Models.parse(rewritten.apply(bytes)).toBuilder();
            Tensor value = Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, factor);
            model.getGraphBuilder().addInitializer(TensorProtos.write("fault_factor", value));
            return Bytes.own(model.build().toByteArray());
        };
    }

    /** Another operator in place of one, its inputs chosen from the old ones. */
    static UnaryOperator<Bytes> replaced(String operator, String other, int... inputs) {
        return nodes(node -> {
            if (!node.getOpType().equals(operator)) {
                return List.of(node);
            }
            NodeProto.Builder fault =
                    node.toBuilder().setOpType(other).clearInput().clearAttribute();
            for (int input : inputs) {
                fault.addInput(node.getInput(input));
            }
            return List.of(fault.build());
        });
    }

    /** The labels of other records: y is read from the end. */
    static UnaryOperator<Bytes> wrongLabels() {
        return nodes(node -> {
            if (!node.getOpType().equals("Gather") || !node.getInput(0).equals("y")) {
                return List.of(node);
            }
            NodeProto negative = NodeProto.newBuilder()
                    .setName("fault")
                    .setOpType("Neg")
                    .addInput(node.getInput(1))
                    .addOutput("fault_places")
                    .build();
            return List.of(
                    negative, node.toBuilder().setInput(1, "fault_places").build());
        });
    }

    /** A graph output that comes from another value. */
    static UnaryOperator<Bytes> swapped(String operator) {
        return nodes(node -> node.getOpType().equals(operator)
                ? List.of(node.toBuilder()
                        .setInput(0, node.getInput(1))
                        .setInput(1, node.getInput(0))
                        .build())
                : List.of(node));
    }
}
