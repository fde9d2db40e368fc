package org.aiis.conformance.catalogue.operators;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** What a form is filled in with: operator, type, opset, family of inputs, and numbers that follow from the case's id. */
record Setting(String operator, ElementType type, int opset, Family family, Seeded seeded) {
    /** Integers stay so small that no operator here overflows: ONNX is silent about overflow. */
    private static final int SMALL_INTEGER = 5;

    OneNode node() {
        return OneNode.of(operator, opset, type);
    }

    Tensor tensor(int... dims) {
        return tensor(type, dims);
    }

    Tensor tensor(ElementType of, int... dims) {
        Shape shape = Shape.of(dims);
        if (of.isFloat()) {
            return reals(of, x -> x, dims);
        }
        return switch (of) {
            case STRING ->
                Tensor.ofStrings(
                        shape,
                        IntStream.range(0, shape.size())
                                .mapToObj(i -> "s" + seeded.integer(0, 99))
                                .toList());
            case BOOL -> integers(of, 0, 1, dims);
            default ->
                integers(
                        of,
                        of.isSigned() ? Math.max(of.minInteger(), -SMALL_INTEGER) : 0,
                        of.bits() < 8 ? Math.min(of.maxInteger(), SMALL_INTEGER) : SMALL_INTEGER,
                        dims);
        };
    }

    /** Numbers of the family, changed by a function and rounded to the type. */
    Tensor reals(DoubleUnaryOperator change, int... dims) {
        return reals(type, change, dims);
    }

    private Tensor reals(ElementType of, DoubleUnaryOperator change, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(of, Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            double drawn = family.draw(seeded, of.format());
            // Powers of two have no sign: what is negative would be NaN.
            tensor.setReal(i, change.applyAsDouble(of == ElementType.FLOAT8E8M0 ? Math.abs(drawn) : drawn));
        }
        return tensor.build();
    }

    /** Uniform numbers whatever the family. */
    Tensor between(double low, double high, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(type, Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            tensor.setReal(i, seeded.between(low, high));
        }
        return tensor.build();
    }

    Tensor integers(ElementType of, long low, long high, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(of, Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            tensor.setBits(i, seeded.integer(low, high));
        }
        return tensor.build();
    }

    /** Whole numbers of the setting's type; a string holds the digits of one. */
    Tensor integersOfType(long low, long high, int... dims) {
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(
                    Shape.of(dims),
                    LongStream.generate(() -> seeded.integer(low, high))
                            .limit(Shape.of(dims).size())
                            .mapToObj(Long::toString)
                            .toList());
        }
        Tensor.Builder tensor = new Tensor.Builder(type, Shape.of(dims));
        int size = Shape.of(dims).size();
        for (int i = 0; i < size; i++) {
            long value = seeded.integer(low, high);
            if (type.isFloat()) {
                tensor.setReal(i, (double) value);
            } else {
                tensor.setBits(i, value);
            }
        }
        return tensor.build();
    }

    static boolean wideUnsigned(ElementType type) {
        return type == ElementType.UINT32 || type == ElementType.UINT64;
    }

    /** Numbers of an unsigned type, all but the last of which a signed one of the same size would read as below 0. */
    Tensor beyondSigned() {
        long most = type.maxInteger();
        return Tensor.ofLongs(type, Shape.of(4), most, most - 1, (most >>> 1) + 1, 5);
    }

    /** Distinct numbers in shuffled order: no tie, whatever an operator selects by. Strings and bools are drawn. */
    Tensor distinct(int... dims) {
        if (type == ElementType.STRING || type == ElementType.BOOL) {
            return tensor(dims);
        }
        Shape shape = Shape.of(dims);
        int n = shape.size();
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = (int) seeded.integer(0, i);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        Tensor.Builder tensor = new Tensor.Builder(type, shape);
        for (int i = 0; i < n; i++) {
            int centred = order[i] - (type.isSigned() ? n / 2 : 0);
            if (type.isFloat()) {
                tensor.setReal(i, centred * 0.5);
            } else {
                tensor.setBits(i, centred);
            }
        }
        return tensor.build();
    }

    /** A one-dimensional int64 tensor, the form of axes, shapes, sizes. */
    static Tensor longs(long... values) {
        return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
    }

    static Tensor scalar(ElementType type, double value) {
        return type.isFloat()
                ? Tensor.ofReals(type, Shape.SCALAR, value)
                : Tensor.ofLongs(type, Shape.SCALAR, (long) value);
    }
}
