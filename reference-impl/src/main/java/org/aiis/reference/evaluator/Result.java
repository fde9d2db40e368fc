package org.aiis.reference.evaluator;

import java.util.Optional;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** One output as the judge reads it. Integers and bools are reals without error; strings have no number, 0 stands for it. */
final class Result implements Reference.Value {
    private final ElementType type;
    private final Shape shape;
    private final Value value;
    /** Empty until first asked for: of most of what is only compared in full precision nobody asks. */
    private Optional<Tensor> rounded = Optional.empty();

    private final Numbers numbers;

    Result(Value value) {
        this.type = value.type();
        this.shape = value.shape();
        this.value = value;
        this.numbers = type == ElementType.STRING
                ? Reals.own(new double[value.size()])
                : value.unrounded() instanceof Integers integers ? real(integers, type) : value.unrounded();
    }

    private static Reals real(Integers integers, ElementType type) {
        double[] hi = new double[integers.size()];
        double[] lo = new double[integers.size()];
        for (int i = 0; i < hi.length; i++) {
            long value = integers.at(i);
            // A uint64 in the upper half is 2^64 more than its bits say; halves keep both parts exact.
            boolean upper = type == ElementType.UINT64 && value < 0;
            double low = (int) value & 0xFFFFFFFFL;
            double high = (double) (upper ? value >>> 32 : value >> 32) * 0x1p32;
            hi[i] = high + low;
            lo[i] = low - (hi[i] - high);
        }
        return Reals.own(hi, lo);
    }

    private Reals reals() {
        return (Reals) numbers;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Tensor rounded() {
        Tensor tensor = rounded.orElseGet(value::tensor);
        rounded = Optional.of(tensor);
        return tensor;
    }

    @Override
    public double real(int i) {
        return reals().hi(i);
    }

    @Override
    public double low(int i) {
        return reals().lo(i);
    }

    @Override
    public double sigma(int i) {
        return reals().sigma(i);
    }

    @Override
    public double magnitude(int i) {
        return reals().magnitude(i);
    }

    @Override
    public int factors(int i) {
        return reals().factors(i);
    }
}
