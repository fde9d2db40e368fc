package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtUtil;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Tensors to and from ONNX Runtime. Its Java API (1.29) makes float32, float64, float16, bfloat16, int8, uint8, int16, int32,
 * int64, bool and string of rank 8 at most; {@link UnofferedTensors} makes more, and {@link Carriers} carry the rest.
 */
final class OrtTensors {
    private OrtTensors() {}

    /** The suite cannot show or see this value through the Java API. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreachable(String reason) {
            super(reason);
        }
    }

    static OnnxTensor toOrt(OrtEnvironment environment, Tensor tensor) throws OrtException, Unreachable {
        if (tensor.shape().rank() > TensorInfo.MAX_DIMENSIONS) {
            throw new Unreachable("the Java API of ONNX Runtime makes no tensor of rank "
                    + tensor.shape().rank() + ", at most " + TensorInfo.MAX_DIMENSIONS);
        }
        long[] shape = tensor.shape().toLongs();
        if (tensor.type() == ElementType.STRING) {
            return OnnxTensor.createTensor(environment, strings(tensor), shape);
        }
        ByteBuffer elements = tensor.view();
        // Memory that ONNX Runtime can use as it lies; it holds on to the buffer.
        ByteBuffer direct = ByteBuffer.allocateDirect(elements.remaining()).order(ByteOrder.nativeOrder());
        swapped(elements, direct, tensor.type().bytes());
        Optional<OnnxJavaType> type = javaType(tensor.type());
        return type.isPresent()
                ? OnnxTensor.createTensor(environment, direct.flip(), shape, type.get())
                : UnofferedTensors.of(environment, tensor.type(), direct.flip(), shape);
    }

    static Tensor fromOrt(String name, OnnxValue value) throws OrtException, Unreachable {
        if (!(value instanceof OnnxTensor tensor)) {
            throw new Unreachable("output '" + name + "' is a " + value.getType() + ", not a tensor");
        }
        TensorInfo info = tensor.getInfo();
        Shape shape = Shape.of(info.getShape());
        ElementType type = elementType(name, info);
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(shape, strings(tensor, shape));
        }
        byte[] bytes = new byte[Math.multiplyExact(shape.size(), type.bytes())];
        if (bytes.length > 0) {
            swapped(tensor.getByteBuffer(), ByteBuffer.wrap(bytes), type.bytes());
        }
        return Tensor.ofBytes(type, shape, bytes);
    }

    private static void swapped(ByteBuffer from, ByteBuffer to, int width) {
        int start = to.position();
        to.put(from);
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
            for (int i = start; i < to.position(); i += width) {
                for (int a = i, b = i + width - 1; a < b; a++, b--) {
                    byte other = to.get(a);
                    to.put(a, to.get(b)).put(b, other);
                }
            }
        }
    }

    private static String[] strings(Tensor tensor) throws Unreachable {
        for (String text : tensor.strings()) {
            // The JNI layer reads and writes Java's modified UTF-8, which differs from UTF-8 in these characters.
            if (text.indexOf('\0') >= 0 || text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
                throw new Unreachable("the Java API of ONNX Runtime alters strings with U+0000 or beyond U+FFFF");
            }
        }
        return tensor.strings().toArray(new String[0]);
    }

    private static List<String> strings(OnnxTensor tensor, Shape shape) throws OrtException, Unreachable {
        if (shape.size() == 0) {
            return List.of();
        }
        if (shape.rank() > TensorInfo.MAX_DIMENSIONS) {
            throw new Unreachable("the Java API of ONNX Runtime reads no string tensor of rank " + shape.rank());
        }
        Object value = tensor.getValue();
        return Arrays.asList(value instanceof String one ? new String[] {one} : OrtUtil.flattenString(value));
    }

    /** What the Java API calls a type; empty for those that it does not offer. */
    private static Optional<OnnxJavaType> javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> Optional.of(OnnxJavaType.FLOAT);
            case FLOAT64 -> Optional.of(OnnxJavaType.DOUBLE);
            case FLOAT16 -> Optional.of(OnnxJavaType.FLOAT16);
            case BFLOAT16 -> Optional.of(OnnxJavaType.BFLOAT16);
            case INT8 -> Optional.of(OnnxJavaType.INT8);
            case UINT8 -> Optional.of(OnnxJavaType.UINT8);
            case INT16 -> Optional.of(OnnxJavaType.INT16);
            case INT32 -> Optional.of(OnnxJavaType.INT32);
            case INT64 -> Optional.of(OnnxJavaType.INT64);
            case BOOL -> Optional.of(OnnxJavaType.BOOL);
            case STRING -> Optional.of(OnnxJavaType.STRING);
            default -> Optional.empty();
        };
    }

    private static ElementType elementType(String name, TensorInfo info) throws Unreachable {
        return switch (info.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> ElementType.FLOAT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> ElementType.FLOAT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> ElementType.FLOAT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> ElementType.BFLOAT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> ElementType.INT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> ElementType.INT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> ElementType.INT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> ElementType.INT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> ElementType.UINT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> ElementType.UINT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> ElementType.UINT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> ElementType.UINT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FN -> ElementType.FLOAT8E4M3FN;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FNUZ -> ElementType.FLOAT8E4M3FNUZ;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2 -> ElementType.FLOAT8E5M2;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2FNUZ -> ElementType.FLOAT8E5M2FNUZ;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> ElementType.BOOL;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> ElementType.STRING;
            default ->
                throw new Unreachable("output '" + name + "' has the type " + info.onnxType
                        + ", which the Java API of ONNX Runtime does not read");
        };
    }
}
