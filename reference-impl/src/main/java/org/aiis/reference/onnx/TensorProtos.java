package org.aiis.reference.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.TensorProto;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Tensors in and out of TensorProto, in both of its forms: raw_data and the typed fields. */
public final class TensorProtos {
    private TensorProtos() {}

    /** Elements in raw_data (little-endian), strings in string_data. */
    public static TensorProto write(String name, Tensor tensor) {
        TensorProto.Builder proto = header(name, tensor);
        if (tensor.type() == ElementType.STRING) {
            tensor.strings().forEach(s -> proto.addStringData(ByteString.copyFromUtf8(s)));
        } else {
            proto.setRawData(ByteString.copyFrom(Packing.pack(tensor)));
        }
        return proto.build();
    }

    /** Elements in the typed field that ONNX gives for the type. */
    public static TensorProto writeTyped(String name, Tensor tensor) {
        TensorProto.Builder proto = header(name, tensor);
        if (tensor.type().bits() < 8 && tensor.type() != ElementType.STRING) {
            for (byte packed : Packing.pack(tensor)) {
                proto.addInt32Data(packed & 0xFF);
            }
            return proto.build();
        }
        for (int i = 0; i < tensor.size(); i++) {
            switch (tensor.type()) {
                case FLOAT32 -> proto.addFloatData((float) tensor.real(i));
                case FLOAT64 -> proto.addDoubleData(tensor.real(i));
                case INT64 -> proto.addInt64Data(tensor.integer(i));
                case UINT32, UINT64 -> proto.addUint64Data(tensor.integer(i));
                case STRING -> proto.addStringData(ByteString.copyFromUtf8(tensor.string(i)));
                case FLOAT16, BFLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 ->
                    proto.addInt32Data((int) tensor.bits(i));
                default -> proto.addInt32Data((int) tensor.integer(i));
            }
        }
        return proto.build();
    }

    private static TensorProto.Builder header(String name, Tensor tensor) {
        TensorProto.Builder proto =
                TensorProto.newBuilder().setName(name).setDataType(tensor.type().onnx());
        tensor.shape().dims().forEach(proto::addDims);
        return proto;
    }

    /**
     * Reads a tensor.
     *
     * @throws Oracle.Refusal when the element type is unknown here, data lie outside the model, or their count is wrong
     */
    public static Tensor read(TensorProto proto) {
        ElementType type = ElementType.ofOnnx(proto.getDataType())
                .orElseThrow(() -> refused(proto, "element type number " + proto.getDataType() + " is not known"));
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw refused(proto, "its data lie outside the model");
        }
        Shape shape = shapeOf(proto);
        int elements = shape.size();
        if (type == ElementType.STRING) {
            List<String> strings = new ArrayList<>();
            proto.getStringDataList().forEach(s -> strings.add(s.toStringUtf8()));
            return Tensor.ofStrings(sized(proto, strings.size(), shape), strings);
        }
        if (proto.hasRawData()) {
            if (proto.getRawData().size() != Packing.bytes(type, elements)) {
                throw refused(proto, "raw data of " + proto.getRawData().size() + " bytes do not fill " + shape);
            }
            return Packing.unpack(type, shape, proto.getRawData().toByteArray());
        }
        int found =
                switch (type) {
                    case FLOAT32 -> proto.getFloatDataCount();
                    case FLOAT64 -> proto.getDoubleDataCount();
                    case INT64 -> proto.getInt64DataCount();
                    case UINT32, UINT64 -> proto.getUint64DataCount();
                    default -> proto.getInt32DataCount();
                };
        if (type.bits() < 8) {
            return packed(proto, type, shape);
        }
        sized(proto, found, shape);
        Tensor.Builder tensor = new Tensor.Builder(type, shape);
        for (int i = 0; i < elements; i++) {
            switch (type) {
                case FLOAT32 -> tensor.setReal(i, proto.getFloatData(i));
                case FLOAT64 -> tensor.setReal(i, proto.getDoubleData(i));
                case INT64 -> tensor.setBits(i, proto.getInt64Data(i));
                case UINT32, UINT64 -> tensor.setBits(i, proto.getUint64Data(i));
                default -> tensor.setBits(i, proto.getInt32Data(i));
            }
        }
        return tensor.build();
    }

    /** Elements narrower than a byte: each number of int32_data is one packed byte. */
    private static Tensor packed(TensorProto proto, ElementType type, Shape shape) {
        byte[] bytes = new byte[proto.getInt32DataCount()];
        if (bytes.length != Packing.bytes(type, shape.size())) {
            throw refused(proto, bytes.length + " packed bytes do not fill " + shape);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) proto.getInt32Data(i);
        }
        return Packing.unpack(type, shape, bytes);
    }

    private static Shape sized(TensorProto proto, int found, Shape shape) {
        if (found != shape.size()) {
            throw refused(proto, found + " elements where shape " + shape + " needs " + shape.size());
        }
        return shape;
    }

    /**
     * The shape that a tensor declares.
     *
     * @throws Oracle.Refusal when it is negative or too large
     */
    public static Shape shapeOf(TensorProto proto) {
        long elements = 1;
        for (long dim : proto.getDimsList()) {
            if (dim < 0 || dim > Integer.MAX_VALUE || (elements *= dim) > Integer.MAX_VALUE / 8) {
                throw refused(proto, "shape " + proto.getDimsList() + " is negative or too large");
            }
        }
        return new Shape(proto.getDimsList().stream().map(Math::toIntExact).toList());
    }

    /**
     * The bytes that its elements take in raw_data.
     *
     * @throws Oracle.Refusal when its type or its shape is none that lies in a file
     */
    public static long bytesOf(TensorProto proto) {
        ElementType type = ElementType.ofOnnx(proto.getDataType())
                .filter(t -> t != ElementType.STRING)
                .orElseThrow(() -> refused(proto, "element type number " + proto.getDataType() + " lies in no file"));
        return Packing.bytes(type, shapeOf(proto).size());
    }

    private static Oracle.Refusal refused(TensorProto proto, String why) {
        return new Oracle.Refusal(true, "tensor '" + proto.getName() + "': " + why);
    }
}
