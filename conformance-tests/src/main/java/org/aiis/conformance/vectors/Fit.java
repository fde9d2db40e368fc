package org.aiis.conformance.vectors;

import java.util.Objects;
import org.aiis.onnx.TensorShapeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Whether a tensor is what a graph declares of an input: type, rank, and the extents that are numbers. */
final class Fit {
    private Fit() {}

    /** @throws InputException naming the input, what the graph takes and what was found */
    static void check(ModelFile model, String name, Tensor tensor) {
        for (ValueInfoProto info : model.fed()) {
            if (info.getName().equals(name) && info.getType().hasTensorType()) {
                check(name, info.getType().getTensorType(), tensor);
            }
        }
    }

    private static void check(String name, TypeProto.Tensor declared, Tensor tensor) {
        ElementType type = ElementType.ofOnnx(declared.getElemType()).orElse(null);
        boolean fits = type == null || Objects.equals(type, tensor.type());
        if (fits && declared.hasShape()) {
            fits = declared.getShape().getDimCount() == tensor.shape().rank();
            for (int i = 0; fits && i < tensor.shape().rank(); i++) {
                TensorShapeProto.Dimension dim = declared.getShape().getDim(i);
                fits = !dim.hasDimValue() || dim.getDimValue() == tensor.shape().dim(i);
            }
        }
        if (!fits) {
            throw InputException.of(
                    "input '" + name + "' takes " + (type == null ? "tensors" : type.label()) + said(declared)
                            + ", found " + tensor.type().label() + tensor.shape(),
                    "give what the graph declares");
        }
    }

    private static String said(TypeProto.Tensor declared) {
        if (!declared.hasShape()) {
            return " of any shape";
        }
        return declared.getShape().getDimList().stream()
                .map(d -> d.hasDimValue()
                        ? Long.toString(d.getDimValue())
                        : d.getDimParam().isEmpty() ? "?" : d.getDimParam())
                .toList()
                .toString();
    }
}
