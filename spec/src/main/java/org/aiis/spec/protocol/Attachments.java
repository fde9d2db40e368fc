package org.aiis.spec.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** The attachments of one frame, filled by a sender or used up by a receiver: each exactly once. */
final class Attachments {
    private final List<ByteBuffer> content;
    private final BitSet used = new BitSet();
    private final Limits limits;

    Attachments(List<ByteBuffer> content, Limits limits) {
        this.content = new ArrayList<>(content);
        this.limits = limits;
    }

    /** A tensor in a header. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Reference(ElementType type, Shape shape, int attachment) {}

    List<ByteBuffer> content() {
        return content;
    }

    int add(ByteBuffer bytes) {
        content.add(bytes);
        return content.size() - 1;
    }

    Reference add(Tensor tensor) {
        ByteBuffer bytes = tensor.type() == ElementType.STRING ? strings(tensor.strings()) : tensor.view();
        return new Reference(tensor.type(), tensor.shape(), add(bytes));
    }

    Bytes bytes(int index) throws ProtocolViolation {
        return Bytes.own(array(index));
    }

    Tensor tensor(Reference reference) throws ProtocolViolation {
        if (reference.shape().rank() > limits.rank()) {
            throw new ProtocolViolation(
                    "a tensor of rank " + reference.shape().rank() + ", at most " + limits.rank() + " is allowed");
        }
        try {
            return reference.type() == ElementType.STRING
                    ? Tensor.ofStrings(reference.shape(), strings(array(reference.attachment())))
                    : Tensor.ofBytes(reference.type(), reference.shape(), array(reference.attachment()));
        } catch (InputException | ArithmeticException e) {
            throw new ProtocolViolation("attachment " + reference.attachment() + ": " + e.getMessage(), e);
        }
    }

    SortedMap<String, Tensor> tensors(SortedMap<String, Reference> references) throws ProtocolViolation {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (var entry : references.entrySet()) {
            tensors.put(entry.getKey(), tensor(entry.getValue()));
        }
        return tensors;
    }

    void allUsed() throws ProtocolViolation {
        if (used.cardinality() != content.size()) {
            throw new ProtocolViolation("the header does not use attachment " + used.nextClearBit(0));
        }
    }

    private byte[] array(int index) throws ProtocolViolation {
        if (index < 0 || index >= content.size()) {
            throw new ProtocolViolation("no attachment " + index + ", there are " + content.size());
        }
        if (used.get(index)) {
            throw new ProtocolViolation("attachment " + index + " is used twice");
        }
        used.set(index);
        ByteBuffer bytes = content.get(index);
        if (bytes.hasArray() && bytes.arrayOffset() == 0 && bytes.remaining() == bytes.array().length) {
            return bytes.array();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    private static ByteBuffer strings(List<String> strings) {
        List<byte[]> utf8 =
                strings.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
        int size = utf8.stream().mapToInt(b -> 4 + b.length).reduce(0, Math::addExact);
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        utf8.forEach(b -> bytes.putInt(b.length).put(b));
        return bytes.flip();
    }

    private static List<String> strings(byte[] content) throws ProtocolViolation {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        List<String> strings = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < 4 ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new ProtocolViolation("a string is longer than its attachment");
            }
            ByteBuffer utf8 = bytes.slice(bytes.position(), length);
            bytes.position(bytes.position() + length);
            try {
                CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(utf8);
                strings.add(text.toString());
            } catch (CharacterCodingException e) {
                throw new ProtocolViolation("a string that is not UTF-8", e);
            }
        }
        return strings;
    }
}
