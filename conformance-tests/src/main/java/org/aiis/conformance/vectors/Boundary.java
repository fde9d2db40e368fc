package org.aiis.conformance.vectors;

import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * A model and its data rewritten so that only tensors cross the worker port: a sequence comes in as its elements with a
 * SequenceConstruct in front and leaves as its length and its elements, an optional comes in through Optional and leaves as
 * OptionalHasElement and OptionalGetElement. Nodes without a name of their own get one, so that placement can be told.
 */
final class Boundary {
    /** First opset version of the default domain with sequences, and with optionals. */
    private static final int SEQUENCES = 11;

    private static final int OPTIONALS = 15;
    private static final int TYPE_PROTO_FIELD = 14;

    private final ModelProto model;
    private final Set<String> names = new HashSet<>();
    private final List<NodeProto> front = new ArrayList<>();
    private final List<NodeProto> back = new ArrayList<>();
    private final List<ValueInfoProto> inputInfos = new ArrayList<>();
    private final List<ValueInfoProto> outputInfos = new ArrayList<>();
    private final SortedMap<String, Tensor> inputs = new TreeMap<>();
    private final SortedMap<String, Tensor> outputs = new TreeMap<>();

    /** What crosses: a model over tensors, what it is fed, and what it is expected to give, by name. */
    record Crossing(ModelProto model, SortedMap<String, Tensor> inputs, SortedMap<String, Tensor> outputs) {}

    private Boundary(ModelProto model) {
        this.model = model;
        GraphProto graph = model.getGraph();
        graph.getInputList().forEach(i -> names.add(i.getName()));
        graph.getInitializerList().forEach(i -> names.add(i.getName()));
        graph.getNodeList().forEach(n -> names.addAll(n.getOutputList()));
    }

    /**
     * Rewrites a model with the values of its graph inputs and outputs, in graph order.
     *
     * @throws InputException when a value cannot cross, with the reason
     */
    static Crossing of(ModelProto model, List<Datum> given, List<Datum> expected) {
        Boundary boundary = new Boundary(model);
        GraphProto graph = model.getGraph();
        if (given.size() > graph.getInputCount() || expected.size() != graph.getOutputCount()) {
            throw InputException.of(
                    "the model has " + graph.getInputCount() + " inputs and " + graph.getOutputCount()
                            + " outputs, the data set " + given.size() + " and " + expected.size(),
                    "");
        }
        for (int i = 0; i < graph.getInputCount(); i++) {
            if (i < given.size()) {
                boundary.in(graph.getInput(i), given.get(i));
            } else {
                boundary.inputInfos.add(graph.getInput(i));
            }
        }
        for (int i = 0; i < graph.getOutputCount(); i++) {
            boundary.out(graph.getOutput(i), expected.get(i));
        }
        return new Crossing(boundary.rewritten(), boundary.inputs, boundary.outputs);
    }

    private ModelProto rewritten() {
        GraphProto before = model.getGraph();
        GraphProto.Builder graph = before.toBuilder().clearNode();
        graph.addAllNode(front).addAllNode(before.getNodeList()).addAllNode(back);
        graph.clearInput().addAllInput(inputInfos).clearOutput().addAllOutput(outputInfos);
        name(graph);
        return graph.build().equals(before)
                ? model
                : model.toBuilder().setGraph(graph).build();
    }

    private static void name(GraphProto.Builder graph) {
        Set<String> used = new HashSet<>();
        graph.getNodeList().forEach(n -> used.add(n.getName()));
        Set<String> seen = new HashSet<>(Set.of(""));
        for (int i = 0; i < graph.getNodeCount(); i++) {
            if (!seen.add(graph.getNode(i).getName())) {
                String name = "n" + i;
                while (used.contains(name)) {
                    name += "_";
                }
                used.add(name);
                graph.getNodeBuilder(i).setName(name);
            }
        }
    }

    private void in(ValueInfoProto info, Datum datum) {
        String name = info.getName();
        TypeProto type = info.getType();
        if (type.hasTensorType()) {
            inputInfos.add(info);
            inputs.put(name, plain(name, datum));
        } else if (type.hasSequenceType()) {
            sequenceIn(name, type, datum);
        } else if (type.hasOptionalType()) {
            optionalIn(name, type.getOptionalType().getElemType(), datum);
        } else {
            throw cannotCross(name);
        }
    }

    private void sequenceIn(String name, TypeProto type, Datum datum) {
        require(SEQUENCES, name, "a sequence");
        ElementType element = elementOf(name, type);
        if (!(datum instanceof Datum.Sequence sequence)) {
            throw InputException.of("'" + name + "' is a sequence in the model, and not in its file", "");
        }
        if (sequence.elements().isEmpty()) {
            front.add(node("SequenceEmpty", List.of(), name, Attribute.of("dtype", element.onnx())));
            return;
        }
        List<String> elements = new ArrayList<>();
        for (Tensor tensor : sequence.elements()) {
            elements.add(fresh(name + "@" + elements.size()));
            feed(elements.get(elements.size() - 1), tensor);
        }
        front.add(node("SequenceConstruct", elements, name));
    }

    private void optionalIn(String name, TypeProto inner, Datum datum) {
        require(OPTIONALS, name, "an optional");
        if (datum instanceof Datum.Absent) {
            AttributeProto type = AttributeProto.newBuilder()
                    .setName("type")
                    .setType(AttributeProto.AttributeType.TYPE_PROTO)
                    .setUnknownFields(UnknownFieldSet.newBuilder()
                            .addField(
                                    TYPE_PROTO_FIELD,
                                    UnknownFieldSet.Field.newBuilder()
                                            .addLengthDelimited(inner.toByteString())
                                            .build())
                            .build())
                    .build();
            front.add(node("Optional", List.of(), name, type));
            return;
        }
        String value = fresh(name + "@value");
        if (inner.hasSequenceType()) {
            sequenceIn(value, inner, datum);
        } else {
            feed(value, plain(name, datum));
        }
        front.add(node("Optional", List.of(value), name));
    }

    private void feed(String name, Tensor tensor) {
        inputInfos.add(info(name, tensor.type(), tensor.shape()));
        inputs.put(name, tensor);
    }

    private void out(ValueInfoProto info, Datum datum) {
        String name = info.getName();
        TypeProto type = info.getType();
        if (type.hasTensorType()) {
            outputInfos.add(info);
            outputs.put(name, plain(name, datum));
        } else if (type.hasSequenceType()) {
            sequenceOut(name, type, datum);
        } else if (type.hasOptionalType()) {
            require(OPTIONALS, name, "an optional");
            give(
                    "OptionalHasElement",
                    List.of(name),
                    fresh(name + "@has"),
                    Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, datum instanceof Datum.Absent ? 0 : 1));
            if (datum instanceof Datum.Sequence) {
                String value = fresh(name + "@value");
                back.add(node("OptionalGetElement", List.of(name), value));
                sequenceOut(value, type.getOptionalType().getElemType(), datum);
            } else if (datum instanceof Datum.Plain value) {
                give("OptionalGetElement", List.of(name), fresh(name + "@value"), value.tensor());
            }
        } else {
            throw cannotCross(name);
        }
    }

    private void sequenceOut(String name, TypeProto type, Datum datum) {
        require(SEQUENCES, name, "a sequence");
        elementOf(name, type);
        if (!(datum instanceof Datum.Sequence sequence)) {
            throw InputException.of("'" + name + "' is a sequence in the model, and not in its file", "");
        }
        int length = sequence.elements().size();
        give("SequenceLength", List.of(name), fresh(name + "@length"), scalar(length));
        for (int i = 0; i < length; i++) {
            String at = fresh(name + "@at" + i);
            back.add(node("Constant", List.of(), at, Attribute.of("value", scalar(i))));
            give(
                    "SequenceAt",
                    List.of(name, at),
                    fresh(name + "@" + i),
                    sequence.elements().get(i));
        }
    }

    /** A node at the end whose output is a graph output of open shape. */
    private void give(String operator, List<String> from, String output, Tensor expected) {
        back.add(node(operator, from, output));
        outputInfos.add(ValueInfoProto.newBuilder()
                .setName(output)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(expected.type().onnx())))
                .build());
        outputs.put(output, expected);
    }

    private String fresh(String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name += "_";
        }
        return name;
    }

    private static Tensor plain(String name, Datum datum) {
        if (datum instanceof Datum.Plain value) {
            return value.tensor();
        }
        throw InputException.of("'" + name + "' is a tensor in the model, and not in its file", "");
    }

    private static ElementType elementOf(String name, TypeProto sequence) {
        TypeProto element = sequence.getSequenceType().getElemType();
        if (!element.hasTensorType()) {
            throw cannotCross(name);
        }
        int number = element.getTensorType().getElemType();
        return ElementType.ofOnnx(number)
                .orElseThrow(
                        () -> InputException.of("'" + name + "': element type number " + number + " is not known", ""));
    }

    private static InputException cannotCross(String name) {
        return InputException.of(
                "'" + name + "' is a map, or holds one or another sequence: only tensors cross the worker port", "");
    }

    private void require(int opset, String name, String kind) {
        long version = model.getOpsetImportList().stream()
                .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
                .mapToLong(o -> o.getVersion())
                .findFirst()
                .orElse(0);
        if (version < opset) {
            throw InputException.of(
                    "'" + name + "' is " + kind + ", for which the model's opset version " + version
                            + " has no operator that makes it of tensors",
                    "");
        }
    }

    private static ValueInfoProto info(String name, ElementType type, Shape shape) {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.onnx());
        tensor.getShapeBuilder();
        shape.dims().forEach(d -> tensor.getShapeBuilder().addDimBuilder().setDimValue(d));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static Tensor scalar(long value) {
        return Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, value);
    }

    private static NodeProto node(String operator, List<String> from, String to, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(from)
                .addOutput(to)
                .addAllAttribute(List.of(attributes))
                .build();
    }
}
