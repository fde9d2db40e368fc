package org.aiis.conformance.vectors.shrink;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Elements of a tensor, taken and replaced. */
final class Elements {
    private Elements() {}

    static Tensor picked(Tensor tensor, Shape shape, int[] source) {
        if (tensor.type() == ElementType.STRING) {
            return Tensor.ofStrings(
                    shape, Arrays.stream(source).mapToObj(tensor::string).toList());
        }
        Tensor.Builder result = new Tensor.Builder(tensor.type(), shape);
        for (int i = 0; i < source.length; i++) {
            result.setBits(i, tensor.bits(source[i]));
        }
        return result.build();
    }

    /** A simpler tensor: the chosen elements simplified in one way. */
    static Tensor simplified(Tensor tensor, IntPredicate chosen, Simpler way) {
        if (tensor.type() == ElementType.STRING) {
            return Tensor.ofStrings(
                    tensor.shape(),
                    java.util.stream.IntStream.range(0, tensor.size())
                            .mapToObj(i -> chosen.test(i) ? way.text(tensor.string(i)) : tensor.string(i))
                            .toList());
        }
        Tensor.Builder result = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            if (!chosen.test(i)) {
                result.setBits(i, tensor.bits(i));
            } else if (tensor.type().isFloat()) {
                result.setReal(i, way.number(tensor.real(i)));
            } else {
                result.setBits(i, way.integer(tensor.integer(i)));
            }
        }
        return result.build();
    }

    /** How a value becomes simpler; the simplest first. */
    enum Simpler {
        ZERO,
        ONE,
        WHOLE,
        SHORT;

        double number(double value) {
            return switch (this) {
                case ZERO -> 0;
                case ONE -> 1;
                case WHOLE -> Math.rint(value);
                case SHORT -> (float) shortened(value);
            };
        }

        /** To four significant bits, which are two decimal digits to read. */
        private static double shortened(double value) {
            if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
                return value;
            }
            int scale = 3 - Math.getExponent(value);
            return Math.abs(scale) > 1000 ? value : Math.scalb(Math.rint(Math.scalb(value, scale)), -scale);
        }

        long integer(long value) {
            return switch (this) {
                case ZERO -> 0;
                case ONE -> 1;
                case WHOLE, SHORT -> value / 2;
            };
        }

        String text(String value) {
            return switch (this) {
                case ZERO -> "";
                case ONE -> "a";
                case WHOLE, SHORT -> value.substring(0, value.length() / 2);
            };
        }
    }
}
