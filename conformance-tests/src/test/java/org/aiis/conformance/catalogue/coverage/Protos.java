package org.aiis.conformance.catalogue.coverage;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/** Tiny models written by hand. */
final class Protos {
    private Protos() {}

    static ModelProto.Builder model(int opset, GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(opset("", opset))
                .setGraph(graph);
    }

    static OperatorSetIdProto opset(String domain, int version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    static Bytes bytes(ModelProto.Builder model) {
        return Bytes.own(model.build().toByteArray());
    }

    static GraphProto.Builder graph(List<ValueInfoProto> inputs, List<ValueInfoProto> outputs, NodeProto... nodes) {
        return GraphProto.newBuilder()
                .setName("g")
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllNode(List.of(nodes));
    }

    static ValueInfoProto tensor(String name, ElementType type) {
        return tensor(name, type.onnx());
    }

    static ValueInfoProto tensor(String name, int type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type)))
                .build();
    }

    static ValueInfoProto untyped(String name) {
        return ValueInfoProto.newBuilder().setName(name).build();
    }

    /** {@code "Add a b -> c"}; a dash is an empty name. */
    static NodeProto node(String text, AttributeProto... attributes) {
        String[] sides = text.split(" -> ", 2);
        String[] left = sides[0].split(" ");
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(left[0]);
        for (int i = 1; i < left.length; i++) {
            node.addInput(left[i].equals("-") ? "" : left[i]);
        }
        for (String output : sides[1].split(" ")) {
            node.addOutput(output.equals("-") ? "" : output);
        }
        return node.addAllAttribute(List.of(attributes)).build();
    }

    static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto subgraph(String name, GraphProto.Builder graph) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(graph)
                .build();
    }

    static AttributeProto reference(String name, String to) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setRefAttrName(to)
                .build();
    }

    static FunctionProto function(
            String name, List<String> inputs, List<String> outputs, List<String> attributes, NodeProto... nodes) {
        return FunctionProto.newBuilder()
                .setName(name)
                .setDomain("mine")
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(attributes)
                .addOpsetImport(opset("", 17))
                .addOpsetImport(opset("mine", 1))
                .addAllNode(List.of(nodes))
                .build();
    }

    static NodeProto call(String text, AttributeProto... attributes) {
        return node(text, attributes).toBuilder().setDomain("mine").build();
    }
}
