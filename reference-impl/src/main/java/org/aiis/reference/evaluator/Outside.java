package org.aiis.reference.evaluator;

import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.reference.operators.Value;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** An initializer whose elements lie in a file. It is read each time that a node needs it, and is nobody's in between. */
final class Outside {
    private final TensorProto proto;
    private final ExternalTensors.Files files;
    private final ElementType type;

    private Outside(TensorProto proto, ExternalTensors.Files files, ElementType type) {
        this.proto = proto;
        this.files = files;
        this.type = type;
    }

    /** @throws Oracle.Refusal when its type or its shape is none */
    static Outside of(TensorProto proto, ExternalTensors.Files files) {
        TensorProtos.bytesOf(proto);
        return new Outside(proto, files, ElementType.ofOnnx(proto.getDataType()).orElseThrow());
    }

    ElementType type() {
        return type;
    }

    /**
     * Reads it.
     *
     * @param shared whether several runs will look at it at once
     * @throws Oracle.Refusal when the file has not, or no longer, what the tensor needs
     */
    Value value(boolean shared) {
        try {
            Tensor tensor = TensorProtos.read(ExternalTensors.inlined(proto, files));
            return shared ? Value.shared(tensor) : Value.of(tensor);
        } catch (InputException e) {
            throw new Oracle.Refusal(true, String.valueOf(e.getMessage()));
        }
    }
}
