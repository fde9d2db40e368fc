package org.aiis.spec.tensor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.JsonText;

/** An immutable tensor: row-major, elements little-endian, one byte a bool, strings apart. */
public final class Tensor {
    private final ElementType type;
    private final Shape shape;
    private final int size;
    private final ByteBuffer data;
    private final List<String> strings;

    private Tensor(ElementType type, Shape shape, byte[] data, List<String> strings) {
        this.type = type;
        this.shape = shape;
        this.size = shape.size();
        this.data = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        this.strings = strings;
        int found = type == ElementType.STRING ? strings.size() : data.length;
        int expected = Math.multiplyExact(size, type == ElementType.STRING ? 1 : type.bytes());
        if (found != expected) {
            throw InputException.of(
                    "tensor of type " + type.label() + " and shape " + shape + " needs " + expected
                            + (type == ElementType.STRING ? " strings" : " bytes") + ", found " + found,
                    "the data must match type and shape");
        }
    }

    /** Takes the array over without a copy: the caller must not write to it afterwards. */
    public static Tensor ofBytes(ElementType type, Shape shape, byte[] littleEndian) {
        return new Tensor(type, shape, littleEndian, List.of());
    }

    public static Tensor ofStrings(Shape shape, List<String> strings) {
        return new Tensor(ElementType.STRING, shape, new byte[0], List.copyOf(strings));
    }

    /** Integers or bools, wrapped into the type. */
    public static Tensor ofLongs(ElementType type, Shape shape, long... values) {
        return new Builder(type, shape).integers(values).build();
    }

    /** Floating-point elements, each rounded to nearest even. */
    public static Tensor ofReals(ElementType type, Shape shape, double... values) {
        return new Builder(type, shape).reals(values).build();
    }

    public static Tensor ofFloats(Shape shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return ofBytes(ElementType.FLOAT32, shape, data.array());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Tensor decoded(TensorJson json) {
        return json.decode();
    }

    @JsonValue
    TensorJson encoded() {
        return TensorJson.encode(this);
    }

    /** Its canonical JSON. */
    public void writeTo(JsonText out) {
        encoded().writeTo(out);
    }

    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    public int size() {
        return size;
    }

    /** Element {@code i} as its bit pattern, zero-extended. */
    public long bits(int i) {
        return switch (type.bytes()) {
            case 1 -> data.get(i) & 0xFFL;
            case 2 -> data.getShort(2 * i) & 0xFFFFL;
            case 4 -> data.getInt(4 * i) & 0xFFFFFFFFL;
            case 8 -> data.getLong(8 * i);
            default -> throw new IllegalStateException("strings have no bit pattern");
        };
    }

    /** Element {@code i} of an integer or bool tensor; uint64 as the bits of a long. */
    public long integer(int i) {
        return type.wrap(bits(i));
    }

    /** Element {@code i} of a floating-point tensor, or of an integer one, in binary64. */
    public double real(int i) {
        if (type == ElementType.FLOAT32) {
            return data.getFloat(4 * i);
        }
        return type.isFloat() ? type.format().decode(bits(i)) : (double) integer(i);
    }

    public String string(int i) {
        return strings.get(i);
    }

    public List<String> strings() {
        return strings;
    }

    public double[] reals() {
        return IntStream.range(0, size()).mapToDouble(this::real).toArray();
    }

    public long[] integers() {
        return IntStream.range(0, size()).mapToLong(this::integer).toArray();
    }

    /** A read-only little-endian view of the elements; no copy. */
    public ByteBuffer view() {
        return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    public byte[] toByteArray() {
        return data.array().clone();
    }

    public Tensor reshaped(Shape other) {
        return new Tensor(type, other, data.array(), strings);
    }

    /**
     * SHA-256 over type, shape and elements, each NaN counted as the canonical one, so that two tensors that the judge
     * calls exactly equal have one digest.
     */
    public String digest() {
        MessageDigest sha = Bytes.sha256Again();
        sha.update((type.label() + shape + "\n").getBytes(StandardCharsets.UTF_8));
        if (type == ElementType.STRING) {
            for (String s : strings) {
                byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(4).putInt(0, utf8.length));
                sha.update(utf8);
            }
        } else if (type.isFloat()) {
            sha.update(canonical());
        } else {
            sha.update(data.array());
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /** The elements of a floating-point tensor, each NaN the canonical one; no copy where there is none. */
    private byte[] canonical() {
        if (!holdsNaN()) {
            return data.array();
        }
        Builder canonical = new Builder(type, shape);
        for (int i = 0; i < size; i++) {
            canonical.setBits(i, Double.isNaN(real(i)) ? type.format().encode(Double.NaN) : bits(i));
        }
        return canonical.data.array();
    }

    private boolean holdsNaN() {
        for (int i = 0; i < size; i++) {
            if (Double.isNaN(real(i))) {
                return true;
            }
        }
        return false;
    }

    /** Same type, shape and bits; strings by content. NaNs of other payloads differ here. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && type == that.type
                && shape.equals(that.shape)
                && Arrays.equals(data.array(), that.data.array())
                && strings.equals(that.strings);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + shape.hashCode()) + Arrays.hashCode(data.array()) + strings.hashCode();
    }

    @Override
    public String toString() {
        String elements = IntStream.range(0, Math.min(8, size()))
                .mapToObj(this::element)
                .collect(Collectors.joining(", ", "{", size() > 8 ? ", …}" : "}"));
        return type.label() + shape + elements;
    }

    /** Element {@code i} as a reader of a report wants it. */
    public String element(int i) {
        if (type == ElementType.STRING) {
            return '"' + strings.get(i) + '"';
        }
        if (type == ElementType.BOOL) {
            return bits(i) == 0 ? "false" : "true";
        }
        if (type == ElementType.UINT64) {
            return Long.toUnsignedString(bits(i));
        }
        return type.isFloat() ? Double.toString(real(i)) : Long.toString(integer(i));
    }

    /** Fills a tensor element by element. */
    public static final class Builder {
        private final ElementType type;
        private final Shape shape;
        private final ByteBuffer data;

        public Builder(ElementType type, Shape shape) {
            this.type = type;
            this.shape = shape;
            this.data = ByteBuffer.allocate(Math.multiplyExact(shape.size(), type.bytes()))
                    .order(ByteOrder.LITTLE_ENDIAN);
        }

        public Builder setBits(int i, long bits) {
            switch (type.bytes()) {
                case 1 -> data.put(i, (byte) (bits & (1L << type.bits()) - 1));
                case 2 -> data.putShort(2 * i, (short) bits);
                case 4 -> data.putInt(4 * i, (int) bits);
                case 8 -> data.putLong(8 * i, bits);
                default -> throw new IllegalStateException("strings have no bit pattern");
            }
            return this;
        }

        public Builder setReal(int i, double value) {
            return setBits(i, type.format().encode(value));
        }

        public Builder integers(long... values) {
            for (int i = 0; i < values.length; i++) {
                setBits(i, values[i]);
            }
            return this;
        }

        public Builder reals(double... values) {
            for (int i = 0; i < values.length; i++) {
                setReal(i, values[i]);
            }
            return this;
        }

        public Tensor build() {
            return ofBytes(type, shape, data.array().clone());
        }
    }
}
