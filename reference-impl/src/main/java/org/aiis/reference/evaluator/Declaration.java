package org.aiis.reference.evaluator;

import java.util.Map;
import java.util.Optional;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.operators.Value;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;

/** What a model says about a value: name, element type, and extents as numbers, names or unknown. */
record Declaration(String name, ElementType type, Optional<TensorShapeProto> shape) {
    static Declaration of(ValueInfoProto info) {
        String name = info.getName();
        if (name.isEmpty()) {
            throw new Oracle.Refusal(true, "a value is declared without a name");
        }
        if (info.getType().getValueCase() != TypeProto.ValueCase.TENSOR_TYPE) {
            throw new Oracle.Refusal(true, "'" + name + "' is not declared as a tensor");
        }
        TypeProto.Tensor tensor = info.getType().getTensorType();
        ElementType type = ElementType.ofOnnx(tensor.getElemType())
                .orElseThrow(() -> new Oracle.Refusal(
                        true, "'" + name + "' has the unknown element type number " + tensor.getElemType()));
        for (TensorShapeProto.Dimension dim : tensor.getShape().getDimList()) {
            if (dim.getDimValue() < 0) {
                throw new Oracle.Refusal(true, "'" + name + "' has a negative extent");
            }
        }
        return new Declaration(name, type, tensor.hasShape() ? Optional.of(tensor.getShape()) : Optional.empty());
    }

    /** Refuses a value of another type, rank or extent; an extent's name means one number throughout a run. */
    void check(Value value, Map<String, Integer> symbols) {
        if (value.type() != type) {
            throw refusal("is " + type.label() + ", found " + value.type().label());
        }
        if (shape.isEmpty()) {
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
