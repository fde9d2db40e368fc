package org.aiis.reference.serving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * What a model says of itself.
 *
 * @param inputs that have to be fed
 * @param properties its metadata
 */
public record Signature(List<Port> inputs, List<Port> outputs, SortedMap<String, String> properties) {
    /** By which a model says that each row of its outputs follows from the same row of its inputs alone. */
    public static final String ROWS = "aiis.rows";

    public static final String INDEPENDENT = "independent";

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /**
     * An input or output.
     *
     * @param shape extents as the protocol has them: -1 where any is taken
     * @param names of extents: those of one name are equal; empty where it has none
     * @param open whether the model leaves the rank open
     */
    public record Port(String name, Datatype datatype, List<Long> shape, List<String> names, boolean open) {
        public Port {
            shape = List.copyOf(shape);
            names = List.copyOf(names);
        }

        boolean growsInFront() {
            return !open && !shape.isEmpty() && shape.get(0) < 0;
        }
    }

    /**
     * Reads it.
     *
     * @throws InputException for what is no model, or has inputs or outputs that the protocol cannot carry
     */
    public static Signature of(String place, Bytes bytes) {
        ModelProto model;
        try {
            model = Models.parse(bytes);
        } catch (Oracle.Refusal e) {
            throw InputException.because(place, e);
        }
        Set<String> constants = model.getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .collect(Collectors.toSet());
        List<Port> inputs = model.getGraph().getInputList().stream()
                .filter(i -> !constants.contains(i.getName()))
                .map(i -> port(place, i))
                .toList();
        List<Port> outputs = model.getGraph().getOutputList().stream()
                .map(o -> port(place, o))
                .toList();
        if (outputs.isEmpty()) {
            throw InputException.of(place + ": a model without outputs", "it has nothing to answer with");
        }
        SortedMap<String, String> properties = new TreeMap<>();
        model.getMetadataPropsList().forEach(p -> properties.put(p.getKey(), p.getValue()));
        return new Signature(inputs, outputs, properties);
    }

    private static Port port(String place, ValueInfoProto value) {
        TypeProto type = value.getType();
        Optional<Datatype> datatype = type.hasTensorType()
                ? org.aiis.spec.tensor.ElementType.ofOnnx(type.getTensorType().getElemType())
                        .flatMap(Datatype::of)
                : Optional.empty();
        if (datatype.isEmpty()) {
            throw InputException.of(
                    place + ": '" + value.getName() + "' is no tensor of a type that the protocol has",
                    "BOOL, integers of 8 to 64 bits, FP16, BF16, FP32, FP64 and BYTES can be served");
        }
        List<Long> shape = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (TensorShapeProto.Dimension dim : type.getTensorType().getShape().getDimList()) {
            shape.add(dim.hasDimValue() ? dim.getDimValue() : -1L);
            names.add(dim.getDimParam());
        }
        return new Port(
                value.getName(),
                datatype.get(),
                shape,
                names,
                !type.getTensorType().hasShape());
    }

    /** Whether requests may be put together along the first axis: the model says so, and every extent in front is free. */
    public boolean rowsIndependent() {
        return INDEPENDENT.equals(properties.get(ROWS)) && growsInFront();
    }

    boolean growsInFront() {
        return !inputs.isEmpty()
                && inputs.stream().allMatch(Port::growsInFront)
                && outputs.stream().allMatch(Port::growsInFront);
    }

    /**
     * Checks a request against it.
     *
     * @throws Refusal with the first thing that does not fit
     */
    void check(InferenceRequest request) {
        Map<String, Long> extents = new HashMap<>();
        for (Port port : inputs) {
            Tensor tensor = request.inputs().get(port.name());
            if (tensor == null) {
                throw new Refusal(
                        Refusal.Reason.NAME,
                        "input '" + port.name() + "' is missing; the model has " + named(inputs) + ", the request "
                                + request.inputs().keySet().stream()
                                        .map(Quoted::of)
                                        .toList());
            }
            if (tensor.type() != port.datatype().type()) {
                throw new Refusal(
                        Refusal.Reason.TYPE,
                        "input '" + port.name() + "' is " + port.datatype() + ", the request gives "
                                + Datatype.of(tensor.type()).map(Enum::name).orElse("another type"));
            }
            fits(port, tensor.shape(), extents);
        }
        for (String name : request.inputs().keySet()) {
            if (inputs.stream().noneMatch(p -> p.name().equals(name))) {
                throw new Refusal(
                        Refusal.Reason.NAME, "no input " + Quoted.of(name) + "; the model has " + named(inputs));
            }
        }
        for (InferenceRequest.Wanted wanted : request.outputs()) {
            if (outputs.stream().noneMatch(p -> p.name().equals(wanted.name()))) {
                throw new Refusal(
                        Refusal.Reason.NAME,
                        "no output " + Quoted.of(wanted.name()) + "; the model has " + named(outputs));
            }
        }
    }

    private static void fits(Port port, Shape shape, Map<String, Long> extents) {
        if (port.open()) {
            return;
        }
        boolean fits = shape.rank() == port.shape().size();
        for (int axis = 0; fits && axis < shape.rank(); axis++) {
            long extent = port.shape().get(axis);
            fits = extent < 0 || extent == shape.dim(axis);
        }
        if (!fits) {
            throw new Refusal(
                    Refusal.Reason.SHAPE,
                    "input '" + port.name() + "' has shape " + port.shape() + ", the request gives " + shape);
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            String name = port.names().get(axis);
            Long before = name.isEmpty() ? null : extents.putIfAbsent(name, (long) shape.dim(axis));
            if (before != null && before != shape.dim(axis)) {
                throw new Refusal(
                        Refusal.Reason.SHAPE,
                        "extent '" + name + "' is " + before + " elsewhere in the request, and " + shape.dim(axis)
                                + " at axis " + axis + " of '" + port.name() + "'");
            }
        }
    }

    private static List<String> named(List<Port> ports) {
        return ports.stream().map(Port::name).toList();
    }
}
