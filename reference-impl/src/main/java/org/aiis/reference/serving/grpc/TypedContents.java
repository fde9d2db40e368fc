package org.aiis.reference.serving.grpc;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.aiis.onnx.inference.InferTensorContents;
import org.aiis.reference.serving.Datatype;
import org.aiis.reference.serving.RawElements;
import org.aiis.reference.serving.Refusal;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Elements of a tensor in the fields of protobuf that go with their type. */
final class TypedContents {
    private TypedContents() {}

    static Tensor read(String name, Datatype datatype, Shape shape, InferTensorContents contents) {
        if (!datatype.inJson()) {
            throw new Refusal(
                    Refusal.Reason.TYPE, "input '" + name + "': " + datatype + " comes in raw_input_contents alone");
        }
        int own = count(datatype, contents);
        if (own != all(contents)) {
            throw new Refusal(
                    Refusal.Reason.TYPE, "input '" + name + "': contents in a field that is not that of " + datatype);
        }
        if (own != shape.size()) {
            throw new Refusal(
                    Refusal.Reason.COUNT,
                    "input '" + name + "': shape " + shape + " has " + shape.size() + " elements, there are " + own);
        }
        if (datatype == Datatype.BYTES) {
            List<String> texts = new ArrayList<>();
            for (ByteString text : contents.getBytesContentsList()) {
                texts.add(RawElements.text(name, texts.size(), text.asReadOnlyByteBuffer()));
            }
            return Tensor.ofStrings(shape, texts);
        }
        Tensor.Builder tensor = new Tensor.Builder(datatype.type(), shape);
        for (int i = 0; i < own; i++) {
            tensor.setBits(i, bits(name, datatype, contents, i));
        }
        return tensor.build();
    }

    private static long bits(String name, Datatype datatype, InferTensorContents contents, int i) {
        return switch (datatype) {
            case BOOL -> contents.getBoolContents(i) ? 1 : 0;
            case INT8, INT16, INT32 -> within(name, datatype, contents.getIntContents(i));
            case UINT8, UINT16, UINT32 -> within(name, datatype, contents.getUintContents(i) & 0xFFFFFFFFL);
            case INT64 -> contents.getInt64Contents(i);
            case UINT64 -> contents.getUint64Contents(i);
            case FP32 -> Float.floatToRawIntBits(contents.getFp32Contents(i)) & 0xFFFFFFFFL;
            case FP64 -> Double.doubleToRawLongBits(contents.getFp64Contents(i));
            case FP16, BF16, BYTES -> throw new IllegalStateException(datatype + " has no bits here");
        };
    }

    private static long within(String name, Datatype datatype, long value) {
        ElementType type = datatype.type();
        if (value < type.minInteger() || value > type.maxInteger()) {
            throw new Refusal(
                    Refusal.Reason.NUMBER,
                    "input '" + name + "': " + value + " is no number that " + datatype + " holds");
        }
        return value;
    }

    private static int count(Datatype datatype, InferTensorContents c) {
        return switch (datatype) {
            case BOOL -> c.getBoolContentsCount();
            case INT8, INT16, INT32 -> c.getIntContentsCount();
            case UINT8, UINT16, UINT32 -> c.getUintContentsCount();
            case INT64 -> c.getInt64ContentsCount();
            case UINT64 -> c.getUint64ContentsCount();
            case FP32 -> c.getFp32ContentsCount();
            case FP64 -> c.getFp64ContentsCount();
            case BYTES -> c.getBytesContentsCount();
            case FP16, BF16 -> 0;
        };
    }

    private static int all(InferTensorContents c) {
        return c.getBoolContentsCount()
                + c.getIntContentsCount()
                + c.getInt64ContentsCount()
                + c.getUintContentsCount()
                + c.getUint64ContentsCount()
                + c.getFp32ContentsCount()
                + c.getFp64ContentsCount()
                + c.getBytesContentsCount();
    }

    static InferTensorContents write(Tensor tensor) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        Datatype datatype = Datatype.of(tensor.type()).orElseThrow();
        for (int i = 0; i < tensor.size(); i++) {
            switch (datatype) {
                case BOOL -> contents.addBoolContents(tensor.bits(i) != 0);
                case INT8, INT16, INT32 -> contents.addIntContents((int) tensor.integer(i));
                case UINT8, UINT16, UINT32 -> contents.addUintContents((int) tensor.integer(i));
                case INT64 -> contents.addInt64Contents(tensor.integer(i));
                case UINT64 -> contents.addUint64Contents(tensor.bits(i));
                case FP32 -> contents.addFp32Contents(Float.intBitsToFloat((int) tensor.bits(i)));
                case FP64 -> contents.addFp64Contents(tensor.real(i));
                case BYTES -> contents.addBytesContents(ByteString.copyFromUtf8(tensor.string(i)));
                case FP16, BF16 -> throw new IllegalStateException(datatype + " goes raw");
            }
        }
        return contents.build();
    }
}
