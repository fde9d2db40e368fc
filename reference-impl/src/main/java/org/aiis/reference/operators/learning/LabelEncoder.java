package org.aiis.reference.operators.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * The value that stands beside the key that an element equals, any shape; the default of the values' type where there is
 * none. Version 1 has strings and their places in one list instead.
 *
 * <p>Of equal keys the last counts, NaN equals every NaN. The two zeros are equal from version 4 on; before it the text
 * compares bits. Source: ONNX operator text of
 * ai.onnx.ml 1, 2, 4.
 */
public final class LabelEncoder implements Operator {
    private static final List<String> KINDS = List.of("floats", "int64s", "strings", "tensor");
    private static final Set<ElementType> OLD = Types.set(ElementType.FLOAT32, ElementType.INT64, ElementType.STRING);

    @Override
    public Signature signature(int version) {
        Signature signature = Signature.of("X:T1 -> Y:T2")
                .attribute(Attribute.of("default_int64", -1))
                .attribute(Attribute.of("default_string", "_Unused"));
        if (version == 1) {
            return signature
                    .type("T1", Types.set(ElementType.INT64, ElementType.STRING))
                    .type("T2", "T1", CategoryMapper.OTHER)
                    .optional("classes_strings", AttributeType.STRINGS);
        }
        Set<ElementType> types =
                version < 4 ? OLD : Types.with(OLD, ElementType.FLOAT64, ElementType.INT16, ElementType.INT32);
        signature
                .type("T1", types)
                .type("T2", types, attributes -> list(attributes, "values").type())
                .attribute(Attribute.of("default_float", -0f));
        for (String side : List.of("keys_", "values_")) {
            signature
                    .optional(side + "floats", AttributeType.FLOATS)
                    .optional(side + "int64s", AttributeType.INTS)
                    .optional(side + "strings", AttributeType.STRINGS);
        }
        return version < 4
                ? signature
                : signature
                        .optional("default_tensor", AttributeType.TENSOR)
                        .optional("keys_tensor", AttributeType.TENSOR)
                        .optional("values_tensor", AttributeType.TENSOR);
    }

    @Override
    public List<Value> evaluate(Call call) {
        if (call.opset() == 1) {
            return List.of(byPlace(call));
        }
        Value x = call.input(0);
        Value keys = list(call.attributes(), "keys");
        Value values = list(call.attributes(), "values");
        if (keys.size() != values.size() || keys.type() != x.type()) {
            throw call.refusal("keys and values are of unequal length, or keys of another type than X");
        }
        Map<Object, Integer> places = new HashMap<>();
        boolean bitwise = call.opset() < 4;
        List<Object> all = items(keys, bitwise);
        for (int i = 0; i < all.size(); i++) {
            places.put(all.get(i), i);
        }
        List<Object> items = items(x, bitwise);
        int[] at = new int[items.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = places.getOrDefault(items.get(i), values.size());
        }
        Value otherwise = otherwise(call, values.type());
        return List.of(Value.join(List.of(values, otherwise)).gather(at, x.shape()));
    }

    private static Value byPlace(Call call) {
        List<String> classes = Features.strings(call.attributes(), "classes_strings");
        Value x = call.input(0);
        if (x.type() == ElementType.STRING) {
            long otherwise = call.attributes().integer("default_int64");
            Map<String, Long> places = new HashMap<>();
            for (int i = 0; i < classes.size(); i++) {
                places.putIfAbsent(classes.get(i), (long) i);
            }
            return Value.integers(
                    x.shape(),
                    x.tensor().strings().stream()
                            .mapToLong(s -> places.getOrDefault(s, otherwise))
                            .toArray());
        }
        List<String> found = new ArrayList<>();
        for (long place : x.longs()) {
            found.add(
                    place >= 0 && place < classes.size()
                            ? classes.get((int) place)
                            : call.attributes().word("default_string"));
        }
        return Value.of(Tensor.ofStrings(x.shape(), found));
    }

    /** The one list of keys or values that a node gives. */
    private static Value list(Attributes attributes, String side) {
        List<String> given = KINDS.stream()
                .map(kind -> side + "_" + kind)
                .filter(attributes::has)
                .toList();
        if (given.size() != 1) {
            throw attributes.refusal("one list of " + side + " must be given");
        }
        String name = given.get(0);
        if (name.endsWith("floats")) {
            double[] list = Features.floats(attributes, name);
            return Value.of(ElementType.FLOAT32, Shape.of(list.length), Reals.own(list));
        }
        if (name.endsWith("int64s")) {
            long[] list = attributes.integers(name);
            return Value.integers(Shape.of(list.length), list);
        }
        if (name.endsWith("strings")) {
            List<String> list = Features.strings(attributes, name);
            return Value.of(Tensor.ofStrings(Shape.of(list.size()), list));
        }
        return Value.of(attributes.tensor(name));
    }

    /** The default as a tensor of one element. */
    private static Value otherwise(Call call, ElementType type) {
        Attributes attributes = call.attributes();
        if (attributes.has("default_tensor")) {
            Value given = Value.of(attributes.tensor("default_tensor"));
            if (given.type() != type || given.size() != 1) {
                throw call.refusal("default_tensor is not one element of " + type.label());
            }
            return given;
        }
        Shape one = Shape.of(1);
        return switch (type) {
            case STRING -> Value.of(Tensor.ofStrings(one, List.of(attributes.word("default_string"))));
            case FLOAT32, FLOAT64 -> Value.of(type, one, Reals.own(new double[] {attributes.real("default_float")}));
            case INT64 -> Value.integers(one, attributes.integer("default_int64"));
            default -> Value.of(type, one, Integers.own(new long[] {-1}));
        };
    }

    /** Elements as they are compared: −0 as 0 unless bit by bit. */
    private static List<Object> items(Value x, boolean bitwise) {
        if (x.type() == ElementType.STRING) {
            return List.copyOf(x.tensor().strings());
        }
        List<Object> items = new ArrayList<>();
        if (x.type().isFloat()) {
            for (double value : Features.doubles(x.numbers())) {
                items.add(bitwise ? value : value + 0.0);
            }
        } else {
            for (long value : x.longs()) {
                items.add(value);
            }
        }
        return items;
    }
}
