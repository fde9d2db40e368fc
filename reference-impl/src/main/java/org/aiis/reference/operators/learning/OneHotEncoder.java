package org.aiis.reference.operators.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
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

/**
 * A 1 at the place of the category of each element among zeros: X of any shape, Y [..., categories] of float32.
 *
 * <p>Numbers are truncated to integers. An unknown category gives zeros, or is refused where the attribute zeros is 0.
 * Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class OneHotEncoder implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:float32")
                .type("T", Types.with(Features.NUMBERS, ElementType.STRING))
                .optional("cats_int64s", AttributeType.INTS)
                .optional("cats_strings", AttributeType.STRINGS)
                .attribute(Attribute.of("zeros", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Attributes attributes = call.attributes();
        boolean strings = x.type() == ElementType.STRING;
        if (!attributes.has(strings ? "cats_strings" : "cats_int64s")
                || attributes.has(strings ? "cats_int64s" : "cats_strings")) {
            throw call.refusal("the one list of categories must be of the type of X");
        }
        List<Object> categories = new ArrayList<>(Features.strings(attributes, "cats_strings"));
        Arrays.stream(Features.integers(attributes, "cats_int64s")).forEach(categories::add);
        long[] dims = Arrays.copyOf(x.shape().toLongs(), x.shape().rank() + 1);
        dims[dims.length - 1] = categories.size();
        Shape shape = call.shape(dims);
        double[] y = new double[shape.size()];
        List<Object> items = items(x);
        call.spend((long) items.size() * categories.size());
        for (int i = 0; i < items.size(); i++) {
            int place = categories.indexOf(items.get(i));
            if (place >= 0) {
                y[i * categories.size() + place] = 1;
            } else if (!attributes.flag("zeros")) {
                throw call.refusal("element " + i + " is of no category");
            }
        }
        return List.of(Value.of(ElementType.FLOAT32, shape, Reals.own(y)));
    }

    private static List<Object> items(Value x) {
        if (x.type() == ElementType.STRING) {
            return List.copyOf(x.tensor().strings());
        }
        long[] integers = x.type().isFloat()
                ? Arrays.stream(Features.doubles(x.numbers()))
                        .mapToLong(v -> (long) v)
                        .toArray()
                : x.longs();
        return Arrays.stream(integers).<Object>mapToObj(i -> i).toList();
    }
}
