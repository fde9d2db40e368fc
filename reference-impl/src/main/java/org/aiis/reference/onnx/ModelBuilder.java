package org.aiis.reference.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Builds an ONNX model node by node; the same calls give the same bytes. It checks nothing, so that wrong models can be
 * built too. Nodes are named n0, n1, … in order, so that placement can be told node by node.
 */
public final class ModelBuilder {
    private final ModelProto.Builder model = ModelProto.newBuilder();
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");

    /** A model that imports the default domain at this opset version, of the IR version that came with it, but 8 at least. */
    public ModelBuilder(int opset) {
        model.setIrVersion(irOf(opset)).setProducerName("aiis");
        importing("", opset);
    }

    /** Source: ONNX, docs/Versioning.md, the table of released versions. */
    private static int irOf(int opset) {
        return opset < 19
                ? 8
                : opset < 21 ? 9 : opset < 23 ? 10 : opset < 24 ? 11 : opset < 25 ? 12 : opset < 28 ? 13 : 14;
    }

    public ModelBuilder irVersion(long version) {
        model.setIrVersion(version);
        return this;
    }

    public ModelBuilder importing(String domain, long version) {
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version));
        return this;
    }

    public ModelBuilder metadata(String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        return this;
    }

    /** A graph input; an extent is a number, or a name for a dynamic one. */
    public ModelBuilder input(String name, ElementType type, Object... extents) {
        graph.addInput(valueInfo(name, type, Arrays.asList(extents)));
        return this;
    }

    public ModelBuilder input(String name, Tensor like) {
        return input(name, like.type(), extents(like.shape()));
    }

    /** A graph input whose shape the model leaves open. */
    public ModelBuilder openInput(String name, ElementType type) {
        graph.addInput(open(name, type));
        return this;
    }

    /** A graph output with known extents. */
    public ModelBuilder output(String name, ElementType type, Object... extents) {
        graph.addOutput(valueInfo(name, type, Arrays.asList(extents)));
        return this;
    }

    /** A graph output whose shape the model leaves open. */
    public ModelBuilder openOutput(String name, ElementType type) {
        graph.addOutput(open(name, type));
        return this;
    }

    /** A graph input that is a sequence of tensors of any shape. */
    public ModelBuilder openSequenceInput(String name, ElementType type) {
        graph.addInput(ValueInfoProto.newBuilder().setName(name).setType(sequence(type)));
        return this;
    }

    /** A graph output that is a sequence of tensors of any shape. */
    public ModelBuilder openSequenceOutput(String name, ElementType type) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name).setType(sequence(type)));
        return this;
    }

    /** A graph output that is a tensor of any shape, or none. */
    public ModelBuilder openOptionalOutput(String name, ElementType type) {
        graph.addOutput(optional(name, tensor(type)));
        return this;
    }

    /** A graph input that is a tensor of any shape, or none. */
    public ModelBuilder openOptionalInput(String name, ElementType type) {
        graph.addInput(optional(name, tensor(type)));
        return this;
    }

    /** A graph output that is a sequence of tensors of any shape, or none. */
    public ModelBuilder openOptionalSequenceOutput(String name, ElementType type) {
        graph.addOutput(optional(name, sequence(type)));
        return this;
    }

    /** A graph input that is a sequence of tensors of any shape, or none. */
    public ModelBuilder openOptionalSequenceInput(String name, ElementType type) {
        graph.addInput(optional(name, sequence(type)));
        return this;
    }

    private static ValueInfoProto optional(String name, TypeProto of) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setOptionalType(TypeProto.Optional.newBuilder().setElemType(of)))
                .build();
    }

    private static ValueInfoProto open(String name, ElementType type) {
        return ValueInfoProto.newBuilder().setName(name).setType(tensor(type)).build();
    }

    private static TypeProto tensor(ElementType type) {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.onnx()))
                .build();
    }

    private static TypeProto sequence(ElementType type) {
        return TypeProto.newBuilder()
                .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(tensor(type)))
                .build();
    }

    public ModelBuilder initializer(String name, Tensor value) {
        graph.addInitializer(TensorProtos.write(name, value));
        return this;
    }

    /** An initializer whose elements stand in the typed field instead of raw_data. */
    public ModelBuilder typedInitializer(String name, Tensor value) {
        graph.addInitializer(TensorProtos.writeTyped(name, value));
        return this;
    }

    public ModelBuilder node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        return node("", operator, inputs, outputs, List.of(attributes));
    }

    public ModelBuilder node(
            String domain,
            String operator,
            List<String> inputs,
            List<String> outputs,
            List<AttributeProto> attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName("n" + graph.getNodeCount())
                .setDomain(domain)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(attributes));
        return this;
    }

    /** What the model says of a value inside it. */
    public ModelBuilder valueInfo(ValueInfoProto info) {
        graph.addValueInfo(info);
        return this;
    }

    /** A function of the model; the model imports its domain, at version 1, with the first one of it. */
    public ModelBuilder function(FunctionProto function) {
        if (model.getOpsetImportList().stream().noneMatch(i -> i.getDomain().equals(function.getDomain()))) {
            importing(function.getDomain(), 1);
        }
        model.addFunctions(function);
        return this;
    }

    /** A node that was made elsewhere; it gets its name here. */
    public ModelBuilder node(NodeProto node) {
        graph.addNode(node.toBuilder().setName("n" + graph.getNodeCount()));
        return this;
    }

    public GraphProto graph() {
        return graph.build();
    }

    public Bytes build() {
        return Models.write(model.clone().setGraph(graph).build());
    }

    /** The model with the named initializers replaced, or added, in name order: a trained model's export. */
    public static Bytes withInitializers(Bytes template, SortedMap<String, Tensor> values) {
        ModelProto.Builder model = Models.parse(template).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        List<org.aiis.onnx.TensorProto> kept = new ArrayList<>(graph.getInitializerList());
        kept.removeIf(t -> values.containsKey(t.getName()));
        values.forEach((name, tensor) -> kept.add(TensorProtos.write(name, tensor)));
        List<ValueInfoProto> inputs = new ArrayList<>(graph.getInputList());
        inputs.removeIf(i -> values.containsKey(i.getName()));
        graph.clearInitializer().addAllInitializer(kept).clearInput().addAllInput(inputs);
        return Bytes.own(model.build().toByteArray());
    }

    /** The model with values of its main graph, results of nodes, under other names. */
    public static Bytes renamed(Bytes bytes, Map<String, String> names) {
        ModelProto.Builder model = Models.parse(bytes).toBuilder();
        for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                node.setOutput(i, names.getOrDefault(node.getOutput(i), node.getOutput(i)));
            }
        }
        return Bytes.own(model.build().toByteArray());
    }

    private static Object[] extents(Shape shape) {
        return shape.dims().toArray();
    }

    private static ValueInfoProto valueInfo(String name, ElementType type, List<Object> extents) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object extent : extents) {
            TensorShapeProto.Dimension.Builder dim = shape.addDimBuilder();
            if (extent instanceof Number n) {
                dim.setDimValue(n.longValue());
            } else {
                dim.setDimParam(extent.toString());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.onnx())
                                .setShape(shape)))
                .build();
    }
}
