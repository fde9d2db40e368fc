package org.aiis.spec.tensor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/** Element types of tensors, with ONNX's numbers for them (TensorProto.DataType). */
public enum ElementType {
    FLOAT32("float32", 1, 4, FloatFormat.BINARY32),
    UINT8("uint8", 2, 1, false),
    INT8("int8", 3, 1, true),
    UINT16("uint16", 4, 2, false),
    INT16("int16", 5, 2, true),
    INT32("int32", 6, 4, true),
    INT64("int64", 7, 8, true),
    STRING("string", 8, 0, false),
    BOOL("bool", 9, 1, false),
    FLOAT16("float16", 10, 2, FloatFormat.BINARY16),
    FLOAT64("float64", 11, 8, FloatFormat.BINARY64),
    UINT32("uint32", 12, 4, false),
    UINT64("uint64", 13, 8, false),
    BFLOAT16("bfloat16", 16, 2, FloatFormat.BFLOAT16),
    FLOAT8E4M3FN("float8e4m3fn", 17, 1, FloatFormat.E4M3FN),
    FLOAT8E4M3FNUZ("float8e4m3fnuz", 18, 1, FloatFormat.E4M3FNUZ),
    FLOAT8E5M2("float8e5m2", 19, 1, FloatFormat.E5M2),
    FLOAT8E5M2FNUZ("float8e5m2fnuz", 20, 1, FloatFormat.E5M2FNUZ),
    UINT4("uint4", 21, 1, 4, false),
    INT4("int4", 22, 1, 4, true),
    FLOAT4E2M1("float4e2m1", 23, 1, FloatFormat.E2M1),
    FLOAT8E8M0("float8e8m0", 24, 1, FloatFormat.E8M0),
    UINT2("uint2", 25, 1, 2, false),
    INT2("int2", 26, 1, 2, true);

    private static final Map<String, Optional<ElementType>> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ElementType::label, Optional::of));

    private static final Map<Integer, Optional<ElementType>> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ElementType::onnx, Optional::of));

    private final String label;
    private final int onnx;
    private final int bytes;
    private final int bits;
    private final boolean signed;
    private final Optional<FloatFormat> format;

    ElementType(String label, int onnx, int bytes, boolean signed) {
        this(label, onnx, bytes, 8 * bytes, signed);
    }

    ElementType(String label, int onnx, int bytes, int bits, boolean signed) {
        this.label = label;
        this.onnx = onnx;
        this.bytes = bytes;
        this.bits = bits;
        this.signed = signed;
        this.format = Optional.empty();
    }

    ElementType(String label, int onnx, int bytes, FloatFormat format) {
        this.label = label;
        this.onnx = onnx;
        this.bytes = bytes;
        this.bits = format.width();
        this.signed = true;
        this.format = Optional.of(format);
    }

    /** The word used in the standard, in ids and in files: {@code float32}. */
    @JsonValue
    public String label() {
        return label;
    }

    public int onnx() {
        return onnx;
    }

    /** Bytes an element takes in a tensor of this suite; 0 for strings. A type narrower than a byte takes one. */
    public int bytes() {
        return bytes;
    }

    /** Bits of an element; ONNX packs several elements of fewer than 8 into a byte. 0 for strings. */
    public int bits() {
        return bits;
    }

    public boolean isFloat() {
        return format.isPresent();
    }

    public boolean isInteger() {
        return !isFloat() && this != BOOL && this != STRING;
    }

    public boolean isSigned() {
        return signed;
    }

    /** The floating-point format; throws for other types. */
    public FloatFormat format() {
        if (format.isEmpty()) {
            throw new IllegalStateException(label + " is not a floating-point type");
        }
        return format.get(); // Asked for each element: without a lambda, which is made anew each time.
    }

    /** Smallest value of an integer type, as the bits of a long. */
    public long minInteger() {
        return signed ? -1L << (bits - 1) : 0;
    }

    /** Largest value of an integer type, as the bits of a long (uint64: all ones). */
    public long maxInteger() {
        return signed ? ~minInteger() : bits == 64 ? -1L : (1L << bits) - 1;
    }

    /** Wraps a mathematical integer (given modulo 2^64) into this type. */
    public long wrap(long value) {
        if (bits == 64) {
            return value;
        }
        int unused = 64 - bits;
        return signed ? value << unused >> unused : value << unused >>> unused;
    }

    @JsonCreator
    public static ElementType of(String label) {
        return find(label)
                .orElseThrow(() -> InputException.of(
                        "unknown element type '" + label + "'",
                        Nearest.hint(
                                label,
                                Arrays.stream(values()).map(ElementType::label).toList())));
    }

    public static Optional<ElementType> find(String label) {
        return BY_LABEL.getOrDefault(label, Optional.empty());
    }

    public static Optional<ElementType> ofOnnx(int number) {
        return BY_NUMBER.getOrDefault(number, Optional.empty());
    }
}
