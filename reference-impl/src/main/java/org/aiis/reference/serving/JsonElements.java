package org.aiis.reference.serving;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.serving.Refusal.Reason;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The elements of a tensor in JSON: row-major, in one flat list or in lists nested as the shape is. Each number is read from
 * its text: what its type cannot represent is refused, never rounded to another integer, wrapped or made infinite.
 */
final class JsonElements {
    /** Digits of any integer of 64 bits. */
    private static final int LONGEST_INTEGER = 20;

    private final JsonParser in;
    private final String name;
    private final Datatype datatype;
    private final ElementType type;
    private final Shape shape;
    private final int size;
    private final ByteBuffer data;
    private final List<String> texts = new ArrayList<>();
    private int read;

    private JsonElements(JsonParser in, String name, Datatype datatype, Shape shape) {
        this.in = in;
        this.name = name;
        this.datatype = datatype;
        this.type = datatype.type();
        this.shape = shape;
        this.size = shape.size();
        this.data = ByteBuffer.allocate(Math.multiplyExact(size, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads them; the parser stands at the start of the list, and after it at its end.
     *
     * @param most bytes of the body: an element takes at least one, so that no shape alone takes memory
     */
    static Tensor read(JsonParser in, String name, Datatype datatype, Shape shape, int most) throws IOException {
        if (!datatype.inJson()) {
            throw new Refusal(
                    Reason.TYPE,
                    "input " + Quoted.of(name) + ": " + datatype + " has no form in JSON; send it as binary data");
        }
        if (shape.size() > most) {
            throw new Refusal(
                    Reason.COUNT,
                    "input " + Quoted.of(name) + ": shape " + shape + " has " + shape.size()
                            + " elements, the body is shorter than that");
        }
        JsonElements elements = new JsonElements(in, name, datatype, shape);
        elements.list();
        return elements.tensor();
    }

    private void list() throws IOException {
        JsonToken first = in.nextToken();
        if (first == JsonToken.START_ARRAY && shape.rank() > 1) {
            nested(0, first);
            return;
        }
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = in.nextToken()) {
            element(token);
        }
        if (read != size) {
            throw count("the list has " + read);
        }
    }

    /** The rest of a list at an axis, whose first token is read already. */
    private void nested(int axis, JsonToken first) throws IOException {
        int length = 0;
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = in.nextToken()) {
            length++;
            if (axis == shape.rank() - 1) {
                element(token);
            } else if (token == JsonToken.START_ARRAY) {
                nested(axis + 1, in.nextToken());
            } else {
                throw count("a list at axis " + axis + " has " + token + " where a list belongs");
            }
        }
        if (length != shape.dim(axis)) {
            throw count("a list at axis " + axis + " has " + length + " items instead of " + shape.dim(axis));
        }
    }

    private Refusal count(String found) {
        return new Refusal(
                Reason.COUNT, "input " + Quoted.of(name) + ": shape " + shape + " has " + size + " elements; " + found);
    }

    private void element(JsonToken token) throws IOException {
        if (read == size) {
            throw count("the list goes on");
        }
        read++;
        switch (type) {
            case FLOAT32 -> data.putFloat(float32(token));
            case FLOAT64 -> data.putDouble(float64(token));
            case BOOL -> {
                if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                    throw wrong("true or false");
                }
                data.put((byte) (token == JsonToken.VALUE_TRUE ? 1 : 0));
            }
            case STRING -> {
                if (token != JsonToken.VALUE_STRING) {
                    throw wrong("a string");
                }
                texts.add(text());
            }
            default -> {
                long value = integer(token);
                switch (type.bytes()) {
                    case 1 -> data.put((byte) value);
                    case 2 -> data.putShort((short) value);
                    case 4 -> data.putInt((int) value);
                    default -> data.putLong(value);
                }
            }
        }
    }

    private String text() throws IOException {
        String text = in.getText();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw wrong("characters, not half of one");
            }
        }
        return text;
    }

    private float float32(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() == JsonParser.NumberType.INT) {
            int value = in.getIntValue();
            if (value != 0) {
                return value;
            }
        }
        number(token);
        float value = NumberInput.parseFloat(in.getTextCharacters(), in.getTextOffset(), in.getTextLength(), true);
        if (Float.isInfinite(value)) {
            throw wrong("a number that FP32 holds");
        }
        return value;
    }

    private double float64(JsonToken token) throws IOException {
        number(token);
        double value = NumberInput.parseDouble(in.getTextCharacters(), in.getTextOffset(), in.getTextLength(), true);
        if (Double.isInfinite(value)) {
            throw wrong("a number that FP64 holds");
        }
        return value;
    }

    private void number(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw wrong("a number");
        }
    }

    /** The integer, as the bits of a long. 1.0 and 1e2 are integers too: JSON knows numbers only. */
    private long integer(JsonToken token) throws IOException {
        number(token);
        if (token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = in.getLongValue();
            boolean fits = type.isSigned() || type.bits() < 64
                    ? value >= type.minInteger() && (type.bits() == 64 || value <= type.maxInteger())
                    : value >= 0;
            if (!fits) {
                throw wrong("a number that " + datatype + " holds");
            }
            return value;
        }
        BigInteger value = exact(in.getText());
        BigInteger least =
                type.isSigned() ? BigInteger.ONE.shiftLeft(type.bits() - 1).negate() : BigInteger.ZERO;
        BigInteger end = least.add(BigInteger.ONE.shiftLeft(type.bits()));
        if (value.compareTo(least) < 0 || value.compareTo(end) >= 0) {
            throw wrong("a number that " + datatype + " holds");
        }
        return value.longValue();
    }

    /** No power of ten is written out before it is known to be small. */
    private BigInteger exact(String text) throws IOException {
        BigDecimal value;
        try {
            value = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw wrong("a number that " + datatype + " holds");
        }
        long digits = (long) value.precision() - value.scale();
        if (value.scale() > 0 || digits > LONGEST_INTEGER) {
            throw wrong("an integer that " + datatype + " holds");
        }
        return value.toBigIntegerExact();
    }

    private Refusal wrong(String expected) throws IOException {
        String found = in.currentToken() == null ? "the end" : String.valueOf(in.getText());
        return new Refusal(
                Reason.NUMBER,
                "input " + Quoted.of(name) + ", element " + (read - 1) + ": expected " + expected + ", found "
                        + Quoted.of(found));
    }

    private Tensor tensor() {
        return type == ElementType.STRING ? Tensor.ofStrings(shape, texts) : Tensor.ofBytes(type, shape, data.array());
    }
}
