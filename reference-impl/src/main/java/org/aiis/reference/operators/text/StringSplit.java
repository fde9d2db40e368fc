package org.aiis.reference.operators.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The parts of each string between delimiters, Y [..., most parts], filled up with empty strings, and their number Z.
 *
 * <p>Without a delimiter, or with an empty one, runs of white space separate and white space at both ends falls away
 * (OP-StringSplit-D1); white space is that of ASCII (OP-StringSplit-D2). After maxsplit splits the rest is the last part.
 * Source: ONNX operator text of opset 20.
 */
public final class StringSplit implements Operator {
    private static final String SPACE = " \t\n\u000B\f\r";

    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T1 -> Y:T2 Z:T3")
                .type("T1", Types.set(ElementType.STRING))
                .type("T2", Types.set(ElementType.STRING))
                .type("T3", Types.set(ElementType.INT64))
                .optional("delimiter", AttributeType.STRING)
                .optional("maxsplit", AttributeType.INT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        String delimiter =
                call.attributes().has("delimiter") ? call.attributes().word("delimiter") : "";
        long most = call.attributes().has("maxsplit") ? call.attributes().integer("maxsplit") : Long.MAX_VALUE;
        if (most < 0) {
            throw call.refusal("maxsplit is " + most);
        }
        List<List<String>> all = new ArrayList<>();
        int longest = 0;
        for (String text : call.input(0).tensor().strings()) {
            call.spend(text.length());
            List<String> parts = delimiter.isEmpty() ? words(text, most) : parts(text, delimiter, most);
            longest = Math.max(longest, parts.size());
            all.add(parts);
        }
        Shape shape = call.input(0).shape();
        long[] dims = Arrays.copyOf(shape.toLongs(), shape.rank() + 1);
        dims[shape.rank()] = longest;
        Shape wide = call.shape(dims);
        List<String> filled = new ArrayList<>();
        long[] counts = new long[all.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = all.get(i).size();
            filled.addAll(all.get(i));
            for (int k = all.get(i).size(); k < longest; k++) {
                filled.add("");
            }
        }
        return List.of(Value.of(Tensor.ofStrings(wide, filled)), Value.integers(shape, counts));
    }

    private static List<String> parts(String text, String delimiter, long most) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(delimiter); at >= 0 && parts.size() < most; at = text.indexOf(delimiter, from)) {
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static List<String> words(String text, long most) {
        int end = text.length();
        while (end > 0 && isSpace(text, end - 1)) {
            end--;
        }
        List<String> words = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < end && isSpace(text, at)) {
                at++;
            }
            if (at == end) {
                return words;
            }
            int from = at;
            while (at < end && (words.size() == most || !isSpace(text, at))) {
                at++;
            }
            words.add(text.substring(from, at));
        }
    }

    private static boolean isSpace(String text, int i) {
        return SPACE.indexOf(text.charAt(i)) >= 0;
    }
}
