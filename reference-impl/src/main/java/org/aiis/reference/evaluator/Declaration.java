package org.aiis.reference.evaluator;

import java.util.Map;
import java.util.Optional;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Value;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;

/** What a graph says about a value: name, type, and a tensor's extents as numbers, names or unknown. */
record Declaration(String name, Type type, Optional<TensorShapeProto> shape) {
    /** ONNX nests no deeper than an optional sequence of tensors. */
    private static final int DEEPEST_TYPE = 3;

    /** One whose type may be left out, as in a graph that an attribute holds; another then says the type. */
    static Declaration of(ValueInfoProto info, Optional<Type> otherwise) {
        if (info.getType().getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET
                && otherwise.isPresent()
                && !info.getName().isEmpty()) {
            return new Declaration(info.getName(), otherwise.get(), Optional.empty());
        }
        return of(info);
    }

    static Declaration of(ValueInfoProto info) {
        String name = info.getName();
        if (name.isEmpty()) {
            throw new Oracle.Refusal(true, "a value is declared without a name");
        }
        Type type = type(name, info.getType(), 1);
        TypeProto.Tensor tensor = info.getType().getTensorType();
        for (TensorShapeProto.Dimension dim : tensor.getShape().getDimList()) {
            if (dim.getDimValue() < 0) {
                throw new Oracle.Refusal(true, "'" + name + "' has a negative extent");
            }
        }
        return new Declaration(name, type, tensor.hasShape() ? Optional.of(tensor.getShape()) : Optional.empty());
    }

    /** Reads a type that is said of a name. */
    static Type type(String name, TypeProto proto, int depth) {
        if (depth > DEEPEST_TYPE) {
            throw new Oracle.Refusal(true, "the type of '" + name + "' is nested too deeply");
        }
        return switch (proto.getValueCase()) {
            case TENSOR_TYPE -> {
                int element = proto.getTensorType().getElemType();
                yield Type.tensor(ElementType.ofOnnx(element)
                        .orElseThrow(() -> new Oracle.Refusal(
                                true, "'" + name + "' has the unknown element type number " + element)));
            }
            case SEQUENCE_TYPE ->
                new Type.Sequence(type(name, proto.getSequenceType().getElemType(), depth + 1));
            case OPTIONAL_TYPE ->
                new Type.Optional(type(name, proto.getOptionalType().getElemType(), depth + 1));
            case MAP_TYPE -> throw new Oracle.Refusal(true, "'" + name + "' is a map, which the oracle does not know");
            case VALUE_NOT_SET -> throw new Oracle.Refusal(true, "'" + name + "' is declared without a type");
        };
    }

    /** Refuses a value of another type, rank or extent; an extent's name means one number throughout a run. */
    void check(Datum datum, Map<String, Integer> symbols) {
        if (!datum.kind().equals(type)) {
            throw refusal("is " + type.label() + ", found " + datum.kind().label());
        }
        if (shape.isEmpty() || !(datum instanceof Value value)) {
            return;
        }
        if (shape.get().getDimCount() != value.shape().rank()) {
            throw refusal("has rank " + shape.get().getDimCount() + ", found shape " + value.shape());
        }
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            TensorShapeProto.Dimension dim = shape.get().getDim(axis);
            int found = value.shape().dim(axis);
            if (dim.hasDimValue() && dim.getDimValue() != found) {
                throw refusal("has extent " + dim.getDimValue() + " at axis " + axis + ", found " + found);
            }
            if (dim.hasDimParam() && !dim.getDimParam().isEmpty()) {
                Integer before = symbols.putIfAbsent(dim.getDimParam(), found);
                if (before != null && before != found) {
                    throw refusal("has extent '" + dim.getDimParam() + "', which is " + before + ", found " + found);
                }
            }
        }
    }

    private Oracle.Refusal refusal(String why) {
        return new Oracle.Refusal(false, "'" + name + "' " + why);
    }
}
