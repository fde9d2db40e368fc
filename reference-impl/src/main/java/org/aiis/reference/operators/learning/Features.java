package org.aiis.reference.operators.learning;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Samples of features, [samples, features]; a tensor of rank 1 is one sample.
 *
 * @param values as float32, the type in which ONNX gives coefficients and scores
 */
record Features(int samples, int features, Numbers values) {
    static final Set<ElementType> NUMBERS =
            Types.set(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.INT32, ElementType.INT64);

    static Features of(Call call) {
        Shape shape = call.input(0).shape();
        if (shape.rank() != 1 && shape.rank() != 2) {
            throw call.refusal("X has rank " + shape.rank() + ", must have rank 1 or 2");
        }
        int samples = shape.rank() == 1 ? 1 : shape.dim(0);
        call.shape(Math.max(1, samples));
        return new Features(samples, shape.dim(shape.rank() - 1), single(call, call.input(0)));
    }

    /** Numbers of any type as float32, rounded where it does not hold them. */
    static Numbers single(Call call, Value x) {
        return x.type() == ElementType.FLOAT32
                ? x.numbers()
                : formula(call).of(Unary.STORED, Reals.own(doubles(x.numbers())));
    }

    static Formula formula(Call call) {
        return new Formula(call.arithmetic(ElementType.FLOAT32));
    }

    static double[] doubles(Numbers numbers) {
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers instanceof Reals reals ? reals.hi(i) : (double) ((Integers) numbers).at(i);
        }
        return values;
    }

    /** Elements of a list of floats, none if it is not given. */
    static double[] floats(Attributes attributes, String name) {
        return attributes.has(name)
                ? attributes.proto(name).getFloatsList().stream()
                        .mapToDouble(Float::doubleValue)
                        .toArray()
                : new double[0];
    }

    /** The same of a list of floats or, if that is not given, of the tensor that may stand in its place. */
    static double[] floatsOrTensor(Attributes attributes, String name) {
        String other = name + "_as_tensor";
        if (!attributes.has(other)) {
            return floats(attributes, name);
        }
        if (attributes.has(name)) {
            throw attributes.refusal("both '" + name + "' and '" + other + "' are given");
        }
        return reals(attributes, other);
    }

    static double[] reals(Attributes attributes, String name) {
        Value value = Value.of(attributes.tensor(name));
        if (value.type() == ElementType.STRING) {
            throw attributes.refusal("attribute '" + name + "' holds strings");
        }
        return doubles(value.numbers());
    }

    static long[] integers(Attributes attributes, String name) {
        return attributes.has(name) ? attributes.integers(name) : new long[0];
    }

    static List<String> strings(Attributes attributes, String name) {
        return attributes.has(name)
                ? attributes.proto(name).getStringsList().stream()
                        .map(s -> s.toStringUtf8())
                        .toList()
                : List.of();
    }

    /** A row of numbers repeated so many times. */
    static Numbers repeated(double[] row, int times) {
        double[] all = new double[row.length * times];
        Arrays.setAll(all, i -> row[i % row.length]);
        return Reals.own(all);
    }

    /** One number that all features share, or one for each. */
    static double perFeature(Call call, double[] numbers, int feature, int features) {
        if (numbers.length != 1 && numbers.length != features) {
            throw call.refusal(numbers.length + " numbers are given for " + features + " features");
        }
        return numbers[numbers.length == 1 ? 0 : feature];
    }
}
