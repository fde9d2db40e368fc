package org.aiis.reference.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.serving.Refusal.Reason;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The elements of a tensor as bytes: little-endian and row-major, a bool a byte, an element of BYTES behind its length in four
 * bytes. Elements of BYTES are strings of ONNX, which are UTF-8.
 */
public final class RawElements {
    private RawElements() {}

    /**
     * Reads a tensor from exactly these bytes.
     *
     * @throws Refusal when there are more or fewer than shape and type say
     */
    public static Tensor read(String name, Datatype datatype, Shape shape, ByteBuffer bytes) {
        ElementType type = datatype.type();
        if (type == ElementType.STRING) {
            return texts(name, shape, bytes.order(ByteOrder.LITTLE_ENDIAN));
        }
        long expected = (long) shape.size() * type.bytes();
        if (bytes.remaining() != expected) {
            throw new Refusal(
                    Reason.COUNT,
                    "input " + Quoted.of(name) + ": " + datatype + " of shape " + shape + " takes " + expected
                            + " bytes, there are " + bytes.remaining());
        }
        byte[] data = new byte[bytes.remaining()];
        bytes.get(data);
        if (type == ElementType.BOOL) {
            for (byte value : data) {
                if (value != 0 && value != 1) {
                    throw new Refusal(Reason.NUMBER, "input " + Quoted.of(name) + ": a bool is a byte of 0 or 1");
                }
            }
        }
        return Tensor.ofBytes(type, shape, data);
    }

    private static Tensor texts(String name, Shape shape, ByteBuffer bytes) {
        if (bytes.remaining() / 4 < shape.size()) {
            throw new Refusal(
                    Reason.COUNT,
                    "input " + Quoted.of(name) + ": shape " + shape + " has " + shape.size() + " elements, "
                            + bytes.remaining() + " bytes do not hold so many lengths");
        }
        List<String> texts = new ArrayList<>(shape.size());
        for (int i = 0; i < shape.size(); i++) {
            if (bytes.remaining() < 4) {
                throw new Refusal(Reason.COUNT, "input " + Quoted.of(name) + ": element " + i + " has no length");
            }
            long length = bytes.getInt() & 0xFFFFFFFFL;
            if (length > bytes.remaining()) {
                throw new Refusal(
                        Reason.COUNT,
                        "input " + Quoted.of(name) + ": element " + i + " has " + length + " bytes, "
                                + bytes.remaining() + " are left");
            }
            texts.add(text(name, i, bytes.slice(bytes.position(), (int) length)));
            bytes.position(bytes.position() + (int) length);
        }
        if (bytes.hasRemaining()) {
            throw new Refusal(
                    Reason.COUNT,
                    "input " + Quoted.of(name) + ": " + bytes.remaining() + " bytes behind the last element");
        }
        return Tensor.ofStrings(shape, texts);
    }

    /** One element of BYTES. */
    public static String text(String name, int element, ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(utf8)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(
                    Reason.NUMBER,
                    "input " + Quoted.of(name) + ", element " + element + ": BYTES for an ONNX model are UTF-8");
        }
    }

    /** The elements of a tensor in this form. */
    public static byte[] write(Tensor tensor) {
        if (tensor.type() != ElementType.STRING) {
            return tensor.toByteArray();
        }
        List<byte[]> texts = tensor.strings().stream()
                .map(s -> s.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer all = ByteBuffer.allocate(
                        texts.stream().mapToInt(t -> 4 + t.length).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        texts.forEach(t -> all.putInt(t.length).put(t));
        return all.array();
    }
}
