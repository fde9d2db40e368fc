package org.aiis.conformance.qualification.panel;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Integers, bools and strings handled as something else; a type of its own, or none. */
final class TypeFaults {
    private static final String INTEGER = "integer";

    private TypeFaults() {}

    static List<Fault> all() {
        return List.of(
                outputs("integers-through-float32", "integer results go through binary32: exact up to 2^24 only", v ->
                        (long) (float) v),
                outputs("integers-through-float64", "integer results go through binary64: exact up to 2^53 only", v ->
                        (long) (double) v),
                outputs("int64-through-int32", "integer results keep 32 bits", v -> (int) v),
                outputs("int32-through-int16", "integer results keep 16 bits", v -> (short) v),
                operands("operands-through-float32", "integer operands go through binary32", v -> (long) (float) v),
                operands("operands-through-int32", "integer operands keep 32 bits", v -> (int) v),
                operands("negative-read-as-zero", "negative integer operands are read as 0", v -> Math.max(v, 0)),
                operands("negative-read-as-positive", "integer operands lose their sign", Math::abs),
                Fault.of(
                        "signed-for-unsigned",
                        INTEGER,
                        "unsigned integers are taken as signed ones",
                        TypeFaults::signed),
                Fault.of(
                        "extremes-wrap",
                        INTEGER,
                        "the largest integer that a conversion gives becomes the smallest: a wrap in place of a saturation",
                        Change.outputs(TypeFaults::wrapped)),
                Fault.of("bool-255", "type", "true is the byte 255", Change.outputs(bits(b -> b == 0 ? 0 : 255))),
                Fault.of(
                        "widened",
                        "type",
                        "float32 outputs come back as float64",
                        Change.outputs(t -> t.type() == ElementType.FLOAT32
                                ? Tensor.ofReals(ElementType.FLOAT64, t.shape(), t.reals())
                                : t)),
                Fault.of(
                        "int64-as-int32",
                        "type",
                        "int64 outputs come back as int32",
                        Change.outputs(t -> t.type() == ElementType.INT64
                                ? Tensor.ofLongs(ElementType.INT32, t.shape(), t.integers())
                                : t)),
                OrderFaults.refusing(
                        "no-narrow-floats",
                        "type",
                        "refuses float16 and bfloat16",
                        t -> t.type() == ElementType.FLOAT16 || t.type() == ElementType.BFLOAT16),
                OrderFaults.refusing(
                        "no-small-integers",
                        "type",
                        "refuses integers below 32 bits",
                        t -> t.type().isInteger() && t.type().bytes() < 4),
                OrderFaults.refusing("no-strings", "type", "refuses strings", t -> t.type() == ElementType.STRING),
                strings("strings-lower-case", "strings come back in lower case", s -> s.toLowerCase(Locale.ROOT)),
                strings("strings-empty-lost", "the empty string comes back as a space", s -> s.isEmpty() ? " " : s),
                strings("strings-trimmed", "strings lose white space at their ends", String::strip),
                strings(
                        "strings-ascii",
                        "letters beyond ASCII come back as question marks",
                        s -> new String(s.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII)),
                Fault.of(
                        "strings-by-length",
                        "string",
                        "strings are compared by their first character",
                        Change.operands(Change.strings(s -> s.isEmpty() ? s : s.substring(0, 1)))));
    }

    private static Fault outputs(String name, String summary, LongUnaryOperator change) {
        return Fault.of(name, INTEGER, summary, Change.outputs(Change.integers(change)));
    }

    private static Fault operands(String name, String summary, LongUnaryOperator change) {
        return Fault.of(name, INTEGER, summary, Change.operands(Change.integers(change)));
    }

    private static Fault strings(String name, String summary, UnaryOperator<String> change) {
        return Fault.of(name, "string", summary, Change.outputs(Change.strings(change)));
    }

    private static UnaryOperator<Tensor> bits(LongUnaryOperator change) {
        return tensor -> {
            if (tensor.type() != ElementType.BOOL) {
                return tensor;
            }
            Tensor.Builder changed = new Tensor.Builder(tensor.type(), tensor.shape());
            for (int i = 0; i < tensor.size(); i++) {
                changed.setBits(i, change.applyAsLong(tensor.bits(i)));
            }
            return changed.build();
        };
    }

    private static Tensor wrapped(Right right, Tensor output) {
        ElementType type = output.type();
        boolean converted =
                right.given().operand(0).filter(t -> t.type() != type).isPresent();
        return converted
                ? Change.integers(v -> v == type.maxInteger() ? type.minInteger() : v)
                        .apply(output)
                : output;
    }

    private static final Map<ElementType, ElementType> SIGNED = new EnumMap<>(Map.of(
            ElementType.UINT8, ElementType.INT8,
            ElementType.UINT16, ElementType.INT16,
            ElementType.UINT32, ElementType.INT32,
            ElementType.UINT64, ElementType.INT64));

    /** The run with every unsigned tensor read as its signed twin, and the outputs' bits read back. */
    private static Answer signed(Right right) {
        if (right.answer().refusal().isPresent()) {
            return right.answer();
        }
        Map<Integer, Integer> numbers = new TreeMap<>();
        SIGNED.forEach((from, to) -> numbers.put(from.onnx(), to.onnx()));
        Invocation given = right.given();
        Invocation read = given.withOperands((place, operand) -> as(operand, SIGNED.get(operand.type())));
        if (read == given) {
            return right.answer();
        }
        Arithmetics exact = Arithmetics.reference();
        Answer same = Right.to(read, exact);
        Answer answer = same.refusal().isEmpty() ? same : Right.to(read.withOutputTypes(numbers), exact);
        TreeMap<String, Tensor> back = new TreeMap<>();
        answer.outputs().forEach((name, output) -> {
            Tensor before = right.answer().outputs().get(name);
            back.put(name, before == null ? output : as(output, before.type()));
        });
        return answer.refusal().isPresent() ? right.answer() : Answer.of(back);
    }

    /** The same bits as another type of the same size. */
    private static Tensor as(Tensor tensor, @org.jspecify.annotations.Nullable ElementType other) {
        if (other == null
                || other == tensor.type()
                || other.bytes() != tensor.type().bytes()) {
            return tensor;
        }
        return Tensor.ofBytes(other, tensor.shape(), tensor.toByteArray());
    }
}
