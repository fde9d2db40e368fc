package org.aiis.conformance.backend.ort;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * Element types that cannot cross ONNX Runtime's Java binding at all, carried in wider ones: a Cast in front of each graph
 * input and behind each graph output of such a type, both exact. The nodes of the model itself stay as they are.
 *
 * @param inputs types of the carried inputs by name
 * @param outputs types of the carried outputs by name
 */
record Carriers(Bytes model, Map<String, ElementType> inputs, Map<String, ElementType> outputs) {
    static final String SUFFIX = "__carried";

    Carriers {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /** The types that are carried, sorted. */
    Set<String> types() {
        return Stream.of(inputs, outputs)
                .flatMap(carried -> carried.values().stream())
                .map(ElementType::label)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<ElementType> carrier(ElementType type) {
        return switch (type) {
            case INT4, INT2 -> Optional.of(ElementType.INT8);
            case UINT4, UINT2 -> Optional.of(ElementType.UINT8);
            case FLOAT4E2M1, FLOAT8E8M0 -> Optional.of(ElementType.FLOAT32);
            default -> Optional.empty();
        };
    }

    /** The model with its carriers, empty where it needs none. */
    static Optional<Carriers> of(Bytes bytes) {
        if (!mayNeed(bytes)) {
            return Optional.empty();
        }
        ModelProto model;
        try {
            model = Models.parse(bytes);
        } catch (Oracle.Refusal torn) {
            return Optional.empty(); // What ONNX Runtime says of it is the observation.
        }
        Map<String, ElementType> inputs = carried(model.getGraph().getInputList());
        Map<String, ElementType> outputs = carried(model.getGraph().getOutputList());
        if (inputs.isEmpty() && outputs.isEmpty()) {
            return Optional.empty();
        }
        ModelProto.Builder wrapped = model.toBuilder();
        GraphProto.Builder graph = wrapped.getGraphBuilder();
        for (int i = 0; i < graph.getInputCount(); i++) {
            ElementType type = inputs.get(graph.getInput(i).getName());
            if (type != null) {
                graph.setInput(i, outside(graph.getInput(i), type));
                String name = model.getGraph().getInput(i).getName();
                graph.addNode(0, cast(outside(name), name, type));
            }
        }
        for (int i = 0; i < graph.getOutputCount(); i++) {
            ElementType type = outputs.get(graph.getOutput(i).getName());
            if (type != null) {
                String name = graph.getOutput(i).getName();
                graph.setOutput(i, outside(graph.getOutput(i), type));
                graph.addNode(cast(name, outside(name), carrier(type).orElseThrow()));
            }
        }
        return Optional.of(new Carriers(Bytes.own(wrapped.build().toByteArray()), inputs, outputs));
    }

    /**
     * Whether a graph input or output may be of such a type: a glance that takes a tenth of the time of reading the model, which
     * few models need. Field numbers are those of onnx.proto: ModelProto.graph 7, GraphProto.input 11 and output 12,
     * ValueInfoProto.type 2, TypeProto.tensor_type 1, TypeProto.Tensor.elem_type 1.
     */
    private static boolean mayNeed(Bytes bytes) {
        try {
            return holds(
                    bytes.view(),
                    7,
                    graph -> holds(graph, 11, Carriers::isCarried) || holds(graph, 12, Carriers::isCarried));
        } catch (IllegalArgumentException torn) {
            return true; // For the reader of models to say.
        }
    }

    private static boolean isCarried(ByteBuffer value) {
        return holds(
                value,
                2,
                type -> holds(type, 1, tensor -> {
                    OptionalLong element = new ProtobufFields(tensor).last(1);
                    return element.isPresent()
                            && ElementType.ofOnnx((int) element.getAsLong())
                                    .filter(t -> carrier(t).isPresent())
                                    .isPresent();
                }));
    }

    private static boolean holds(ByteBuffer message, int field, Predicate<ByteBuffer> wanted) {
        ProtobufFields fields = new ProtobufFields(message);
        while (fields.next()) {
            if (fields.number() == field && wanted.test(fields.message())) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, ElementType> carried(Iterable<ValueInfoProto> values) {
        Map<String, ElementType> carried = new TreeMap<>();
        for (ValueInfoProto value : values) {
            ElementType.ofOnnx(value.getType().getTensorType().getElemType())
                    .filter(type -> carrier(type).isPresent())
                    .ifPresent(type -> carried.put(value.getName(), type));
        }
        return carried;
    }

    /** The name under which a carried value crosses the binding. */
    static String outside(String name) {
        return name + SUFFIX;
    }

    private static ValueInfoProto outside(ValueInfoProto info, ElementType type) {
        TypeProto.Tensor.Builder tensor = info.getType().getTensorType().toBuilder()
                .setElemType(carrier(type).orElseThrow().onnx());
        return info.toBuilder()
                .setName(outside(info.getName()))
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static NodeProto cast(String from, String to, ElementType type) {
        return NodeProto.newBuilder()
                .setName(from + "__to__" + to)
                .setOpType("Cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(type.onnx()))
                .build();
    }

    static Tensor carried(Tensor tensor) {
        return inType(tensor, carrier(tensor.type()).orElseThrow());
    }

    /** The same numbers in another type that holds them. */
    static Tensor inType(Tensor tensor, ElementType type) {
        Tensor.Builder converted = new Tensor.Builder(type, tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            if (type.isFloat()) {
                converted.setReal(i, tensor.real(i));
            } else {
                converted.setBits(i, tensor.integer(i));
            }
        }
        return converted.build();
    }
}
