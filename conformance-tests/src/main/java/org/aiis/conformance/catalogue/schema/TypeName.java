package org.aiis.conformance.catalogue.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.spec.tensor.ElementType;

/**
 * A type as ONNX's schemas write it: {@code tensor(float)}, {@code seq(tensor(int64))}, {@code optional(seq(tensor(bool)))},
 * {@code map(string, float)}.
 */
public record TypeName(String text) implements Comparable<TypeName> {
    /** Whether it is a type at all, and no type variable. */
    private static final Pattern FORM =
            Pattern.compile("(?:optional\\(|seq\\(){0,3}(?:tensor\\((\\w+)\\)|map\\(\\w+, \\w+\\))\\){0,3}");

    /** The name of a tensor's type with elements that ONNX calls so. */
    public static TypeName tensor(String element) {
        return new TypeName("tensor(" + element + ")");
    }

    public static TypeName tensor(ElementType type) {
        return tensor(onnxName(type));
    }

    /** A sequence of this. */
    public TypeName sequence() {
        return new TypeName("seq(" + text + ")");
    }

    /** An optional one of this. */
    public TypeName optional() {
        return new TypeName("optional(" + text + ")");
    }

    /** What is in a sequence or an optional. */
    public Optional<TypeName> inner() {
        for (String container : new String[] {"seq(", "optional("}) {
            if (text.startsWith(container)) {
                return Optional.of(new TypeName(text.substring(container.length(), text.length() - 1)));
            }
        }
        return Optional.empty();
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Element type of the innermost tensor, where it holds tensors and the suite knows their element type. */
    public Optional<ElementType> element() {
        Matcher form = FORM.matcher(text);
        return form.matches() && form.group(1) != null ? ElementType.find(label(form.group(1))) : Optional.empty();
    }

    private static String label(String onnx) {
        return switch (onnx) {
            case "float" -> ElementType.FLOAT32.label();
            case "double" -> ElementType.FLOAT64.label();
            default -> onnx;
        };
    }

    private static String onnxName(ElementType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            default -> type.label();
        };
    }

    @Override
    public int compareTo(TypeName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
