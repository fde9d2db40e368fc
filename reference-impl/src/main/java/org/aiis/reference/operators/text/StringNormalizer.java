package org.aiis.reference.operators.text;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The strings of X, [C] or [1, C], without the stop words, in lower or upper case if asked.
 *
 * <p>Where nothing is left the result is one empty string. Without is_case_sensitive stop words are compared in lower
 * case. Case follows the Unicode mappings of the locale, of no language if none is given (OP-StringNormalizer-D1).
 * Source: ONNX operator text of opset 10.
 */
public final class StringNormalizer implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:string -> Y:string")
                .words(Attribute.of("case_change_action", "NONE"), "LOWER", "UPPER", "NONE")
                .attribute(Attribute.of("is_case_sensitive", 0))
                .optional("locale", AttributeType.STRING)
                .optional("stopwords", AttributeType.STRINGS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Shape shape = call.input(0).shape();
        boolean row = shape.rank() == 2;
        if (shape.rank() != 1 && !(row && shape.dim(0) == 1)) {
            throw call.refusal("X has shape " + shape + ", must be [C] or [1, C]");
        }
        Attributes attributes = call.attributes();
        Locale locale = attributes.has("locale")
                ? Locale.forLanguageTag(
                        attributes.word("locale").split("\\.")[0].replace('_', '-'))
                : Locale.ROOT;
        boolean exact = attributes.flag("is_case_sensitive");
        Set<String> stop = new HashSet<>();
        if (attributes.has("stopwords")) {
            attributes
                    .proto("stopwords")
                    .getStringsList()
                    .forEach(w -> stop.add(compared(w.toStringUtf8(), exact, locale)));
        }
        String change = attributes.word("case_change_action");
        List<String> kept = call.input(0).tensor().strings().stream()
                .filter(word -> !stop.contains(compared(word, exact, locale)))
                .map(word -> switch (change) {
                    case "LOWER" -> word.toLowerCase(locale);
                    case "UPPER" -> word.toUpperCase(locale);
                    default -> word;
                })
                .toList();
        List<String> result = kept.isEmpty() ? List.of("") : kept;
        return List.of(Value.of(Tensor.ofStrings(row ? Shape.of(1, result.size()) : Shape.of(result.size()), result)));
    }

    private static String compared(String word, boolean exact, Locale locale) {
        return exact ? word : word.toLowerCase(locale);
    }
}
