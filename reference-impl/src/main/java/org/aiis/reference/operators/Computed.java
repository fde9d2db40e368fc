package org.aiis.reference.operators;

import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A tensor of numbers that keep the precision in which they were calculated. */
record Computed(ElementType type, Shape shape, Numbers numbers) implements Value {
    Computed {
        if (numbers.size() != shape.size()) {
            throw new IllegalStateException(numbers.size() + " numbers for shape " + shape);
        }
    }

    @Override
    public Tensor tensor() {
        Tensor.Builder tensor = new Tensor.Builder(type, shape);
        if (numbers instanceof Integers integers) {
            for (int i = 0; i < integers.size(); i++) {
                tensor.setBits(i, integers.at(i));
            }
        } else {
            Reals reals = (Reals) numbers;
            for (int i = 0; i < reals.size(); i++) {
                tensor.setBits(i, type.format().encode(single(reals.hi(i), reals.lo(i), type.format())));
            }
        }
        return tensor.build();
    }

    /**
     * The sum of both parts as one double that rounds to the same number of the format: a leading part that looks like a
     * tie, or like a number of the format, moves one step toward the low part.
     */
    private static double single(double hi, double lo, FloatFormat format) {
        if (lo == 0 || format.equals(FloatFormat.BINARY64)) {
            return hi;
        }
        return lo > 0 ? Math.nextUp(hi) : Math.nextDown(hi);
    }

    @Override
    public Value reshaped(Shape other) {
        return new Computed(type, other, numbers);
    }

    @Override
    public Value gather(int[] at, Shape other) {
        return new Computed(type, other, numbers.gather(at));
    }
}
