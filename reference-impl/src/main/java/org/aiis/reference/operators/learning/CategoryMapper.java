package org.aiis.reference.operators.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * The string that stands beside an integer in a map, or the integer beside a string, any shape; the default where there is
 * none.
 *
 * <p>Of equal keys the last counts. Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class CategoryMapper implements Operator {
    /** Strings become integers and the other way round. */
    static final Map<ElementType, ElementType> OTHER =
            Map.of(ElementType.INT64, ElementType.STRING, ElementType.STRING, ElementType.INT64);

    @Override
    public Signature signature(int version) {
        return Signature.of("X:T1 -> Y:T2")
                .type("T1", Types.set(ElementType.INT64, ElementType.STRING))
                .type("T2", "T1", OTHER)
                .optional("cats_int64s", AttributeType.INTS)
                .optional("cats_strings", AttributeType.STRINGS)
                .attribute(Attribute.of("default_int64", -1))
                .attribute(Attribute.of("default_string", "_Unused"));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Attributes attributes = call.attributes();
        long[] integers = Features.integers(attributes, "cats_int64s");
        List<String> strings = Features.strings(attributes, "cats_strings");
        if (integers.length != strings.size()) {
            throw call.refusal("cats_int64s and cats_strings are of unequal length");
        }
        Value x = call.input(0);
        if (x.type() == ElementType.STRING) {
            Map<String, Long> map = new HashMap<>();
            for (int i = 0; i < integers.length; i++) {
                map.put(strings.get(i), integers[i]);
            }
            long otherwise = attributes.integer("default_int64");
            long[] found = x.tensor().strings().stream()
                    .mapToLong(s -> map.getOrDefault(s, otherwise))
                    .toArray();
            return List.of(Value.integers(x.shape(), found));
        }
        Map<Long, String> map = new HashMap<>();
        for (int i = 0; i < integers.length; i++) {
            map.put(integers[i], strings.get(i));
        }
        List<String> found = new ArrayList<>();
        for (long value : x.longs()) {
            found.add(map.getOrDefault(value, attributes.word("default_string")));
        }
        return List.of(Value.of(Tensor.ofStrings(x.shape(), found)));
    }
}
