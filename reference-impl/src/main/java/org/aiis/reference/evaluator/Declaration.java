package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.operators.Budget;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Value;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Shape;

/** What a graph says about a value: name, type, and a tensor's extents as numbers, names or unknown. */
record Declaration(String name, Type type, Optional<TensorShapeProto> shape) {
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
        Type type = Type.of(info.getType())
                .orElseThrow(() -> new Oracle.Refusal(true, "'" + name + "' is declared as " + said(info.getType())));
        TypeProto.Tensor tensor = info.getType().getTensorType();
        for (TensorShapeProto.Dimension dim : tensor.getShape().getDimList()) {
            if (dim.getDimValue() < 0) {
                throw new Oracle.Refusal(true, "'" + name + "' has a negative extent");
            }
        }
        return new Declaration(name, type, tensor.hasShape() ? Optional.of(tensor.getShape()) : Optional.empty());
    }

    private static String said(TypeProto type) {
        return switch (type.getValueCase()) {
            case VALUE_NOT_SET -> "of no type";
            case MAP_TYPE -> "a map, which the oracle does not know";
            case TENSOR_TYPE ->
                "a tensor of the unknown element type number "
                        + type.getTensorType().getElemType();
            case SEQUENCE_TYPE, OPTIONAL_TYPE -> "a sequence or an optional of what the oracle does not know";
        };
    }

    /** The extents that are declared as numbers, 0 for the others; rank 0 where there is no shape. */
    Shape extents() {
        long elements = 1;
        List<Integer> extents = new ArrayList<>();
        for (TensorShapeProto.Dimension dim :
                shape.map(TensorShapeProto::getDimList).orElse(List.of())) {
            elements *= Math.min(Math.max(1, dim.getDimValue()), 1L << 31);
            if (elements > Budget.LARGEST_TENSOR) {
                throw refusal("is declared larger than the oracle allows");
            }
            extents.add((int) dim.getDimValue());
        }
        return new Shape(extents);
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
