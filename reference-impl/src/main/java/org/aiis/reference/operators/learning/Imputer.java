package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * X [..., F] with each element that equals the replaced value put in another's place, one for all features or one for each.
 *
 * <p>A replaced value NaN stands for every NaN. Integers that the type does not hold are refused. Source: ONNX operator
 * text of ai.onnx.ml 1.
 */
public final class Imputer implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:T")
                .type("T", Features.NUMBERS)
                .optional("imputed_value_floats", AttributeType.FLOATS)
                .optional("imputed_value_int64s", AttributeType.INTS)
                .attribute(Attribute.of("replaced_value_float", 0f))
                .attribute(Attribute.of("replaced_value_int64", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Attributes attributes = call.attributes();
        String wanted = x.type().isFloat() ? "imputed_value_floats" : "imputed_value_int64s";
        String other = x.type().isFloat() ? "imputed_value_int64s" : "imputed_value_floats";
        if (!attributes.has(wanted) || attributes.has(other) || x.shape().rank() == 0) {
            throw call.refusal("'" + wanted + "' alone must be given, and X must have a last axis");
        }
        return List.of(x.type().isFloat() ? reals(call, x) : integers(call, x));
    }

    private static int features(Call call, Shape shape, int given) {
        int features = shape.dim(shape.rank() - 1);
        if (given != 1 && given != features) {
            throw call.refusal(given + " values for " + features + " features");
        }
        return features;
    }

    private static Value reals(Call call, Value x) {
        double[] imputed = Features.floats(call.attributes(), "imputed_value_floats");
        double replaced = call.attributes().real("replaced_value_float");
        int features = features(call, x.shape(), imputed.length);
        double[] y = Features.doubles(x.numbers());
        for (int i = 0; i < y.length; i++) {
            if (y[i] == replaced || Double.isNaN(y[i]) && Double.isNaN(replaced)) {
                y[i] = imputed[imputed.length == 1 ? 0 : i % features];
            }
        }
        return Value.of(x.type(), x.shape(), Reals.own(y));
    }

    private static Value integers(Call call, Value x) {
        long[] imputed = call.attributes().integers("imputed_value_int64s");
        long replaced = call.attributes().integer("replaced_value_int64");
        int features = features(call, x.shape(), imputed.length);
        for (long value : imputed) {
            if (value < x.type().minInteger() || value > x.type().maxInteger()) {
                throw call.refusal(value + " does not fit " + x.type().label());
            }
        }
        long[] y = x.longs();
        for (int i = 0; i < y.length; i++) {
            y[i] = y[i] == replaced ? imputed[imputed.length == 1 ? 0 : i % features] : y[i];
        }
        return Value.of(x.type(), x.shape(), Integers.own(y));
    }
}
