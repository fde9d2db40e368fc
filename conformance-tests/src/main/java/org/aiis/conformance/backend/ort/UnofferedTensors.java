package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.aiis.spec.tensor.ElementType;

/**
 * Tensors of the types that ONNX Runtime's native binding makes and its Java API does not offer: unsigned integers wider than
 * a byte, and 8-bit floats. The only place that reaches into private members of the API; where a build of it has others, such
 * a tensor cannot be made and the case is not driven.
 */
final class UnofferedTensors {
    private static final Optional<UnofferedTensors> HERE = find();

    private final MethodHandle create;
    private final MethodHandle tensor;
    private final MethodHandle info;
    private final long api;
    private final VarHandle allocator;
    private final VarHandle allocatorHandle;

    private UnofferedTensors() throws ReflectiveOperationException {
        Lookup tensors = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup());
        create = tensors.findStatic(
                OnnxTensor.class,
                "createTensorFromBuffer",
                MethodType.methodType(
                        long.class,
                        long.class,
                        long.class,
                        Buffer.class,
                        int.class,
                        long.class,
                        long[].class,
                        int.class));
        tensor = tensors.findConstructor(
                OnnxTensor.class,
                MethodType.methodType(
                        void.class, long.class, long.class, TensorInfo.class, Buffer.class, boolean.class));
        info = tensors.findConstructor(
                TensorInfo.class,
                MethodType.methodType(void.class, long[].class, OnnxJavaType.class, OnnxTensorType.class));
        Class<?> runtime = Class.forName("ai.onnxruntime.OnnxRuntime");
        api = (long) MethodHandles.privateLookupIn(runtime, MethodHandles.lookup())
                .findStaticVarHandle(runtime, "ortApiHandle", long.class)
                .get();
        Class<?> allocators = Class.forName("ai.onnxruntime.OrtAllocator");
        allocator = MethodHandles.privateLookupIn(OrtEnvironment.class, MethodHandles.lookup())
                .findVarHandle(OrtEnvironment.class, "defaultAllocator", allocators);
        allocatorHandle = MethodHandles.privateLookupIn(allocators, MethodHandles.lookup())
                .findVarHandle(allocators, "handle", long.class);
    }

    private static Optional<UnofferedTensors> find() {
        try {
            return Optional.of(new UnofferedTensors());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The type as the binding knows it; empty for those that it does not know. */
    private static Optional<OnnxTensorType> type(ElementType type) {
        return switch (type) {
            case UINT16 -> Optional.of(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16);
            case UINT32 -> Optional.of(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32);
            case UINT64 -> Optional.of(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64);
            case FLOAT8E4M3FN -> Optional.of(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FN);
            case FLOAT8E4M3FNUZ -> Optional.of(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FNUZ);
            case FLOAT8E5M2 -> Optional.of(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2);
            case FLOAT8E5M2FNUZ -> Optional.of(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2FNUZ);
            default -> Optional.empty();
        };
    }

    /** A tensor over a direct buffer in native byte order, which it holds on to. */
    static OnnxTensor of(OrtEnvironment environment, ElementType type, ByteBuffer elements, long[] shape)
            throws OrtTensors.Unreachable {
        OnnxTensorType known = type(type)
                .orElseThrow(() -> new OrtTensors.Unreachable(
                        "the Java API of ONNX Runtime makes no tensor of type " + type.label()));
        UnofferedTensors here = HERE.orElseThrow(() -> new OrtTensors.Unreachable(
                "this build of ONNX Runtime's Java API makes no tensor of type " + type.label()));
        try {
            long handle = (long) here.allocatorHandle.get(here.allocator.get(environment));
            long made = (long) here.create.invoke(
                    here.api, handle, (Buffer) elements, 0, (long) elements.remaining(), shape, known.value);
            TensorInfo described = (TensorInfo) here.info.invoke(shape, OnnxJavaType.UNKNOWN, known);
            return (OnnxTensor) here.tensor.invoke(made, handle, described, (Buffer) elements, true);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new OrtTensors.Unreachable("no tensor of type " + type.label() + " could be made: " + e.getMessage());
        }
    }
}
