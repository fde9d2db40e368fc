package org.aiis.reference.operators.signal;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * DFT: the discrete Fourier transform along an axis, or its inverse. The last axis holds one number (real) or two (real
 * and imaginary part). dft_length cuts the signal or fills it up with zeros.
 *
 * <p>onesided keeps the first ⌊n/2⌋ + 1 bins of a real signal; with inverse it takes those bins and gives the real signal,
 * of 2·(bins − 1) elements by default, whose imaginary parts of the first and, for an even length, the last bin do not
 * count. σ is the running error of the defining sum, with that of the factors. Source: ONNX operator text of opset 17, 20.
 */
public final class Dft implements Operator {
    @Override
    public Signature signature(int opset) {
        Signature signature = opset < 20
                ? Signature.of("input:T1 dft_length?:T2 -> output:T1").attribute(Attribute.of("axis", 1))
                : Signature.of("input:T1 dft_length?:T2 axis?:int64 -> output:T1");
        return signature
                .type("T1", Types.FLOAT)
                .type("T2", Types.set(ElementType.INT32, ElementType.INT64))
                .attribute(Attribute.of("inverse", 0))
                .attribute(Attribute.of("onesided", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int rank = x.shape().rank();
        if (rank < 2 || x.shape().dim(rank - 1) < 1 || x.shape().dim(rank - 1) > 2) {
            throw call.refusal("input has shape " + x.shape() + ", must end in 1 or 2");
        }
        long asked =
                call.opset() < 20 ? call.attributes().integer("axis") : call.has(2) ? Scalars.integer(call, 2) : -2;
        int axis = Axes.axis(call, asked, rank);
        if (axis == rank - 1) {
            throw call.refusal("axis " + asked + " is that of real and imaginary part");
        }
        boolean inverse = call.attributes().flag("inverse");
        boolean onesided = call.attributes().flag("onesided");
        boolean complex = x.shape().dim(rank - 1) == 2;
        if (onesided && complex != inverse) {
            throw call.refusal("onesided of " + (complex ? "a complex signal" : "the bins of a real type"));
        }
        int extent = x.shape().dim(axis);
        boolean halved = onesided && inverse;
        long length = call.has(1) ? Scalars.integer(call, 1) : halved ? 2L * (extent - 1) : extent;
        if (length < 1) {
            throw call.refusal("dft_length " + length);
        }
        int n = call.shape(length).size();
        int bins = onesided && !inverse ? n / 2 + 1 : n;
        long[] dims = x.shape().toLongs();
        dims[axis] = bins;
        dims[rank - 1] = halved ? 1 : 2;
        Shape shape = call.shape(dims);
        Transform.Signal signal =
                new Lanes(extent, n, Axes.extent(x.shape().toArray(), axis + 1, rank - 1), complex, halved);
        int signals = (int) (x.size() / Math.max(1, (long) extent * x.shape().dim(rank - 1)));
        Transform transform = new Transform(call, call.arithmetic(), n, inverse);
        Numbers real = transform.part(x.numbers(), signal, signals, bins, false);
        Numbers all =
                halved ? real : Transform.interleaved(real, transform.part(x.numbers(), signal, signals, bins, true));
        return List.of(Value.of(x.type(), shape, all.gather(order(signals, bins, shape, axis))));
    }

    /** From signal after signal to the layout of the result. */
    private static int[] order(int signals, int bins, Shape shape, int axis) {
        int parts = shape.dim(shape.rank() - 1);
        int inner = Axes.extent(shape.toArray(), axis + 1, shape.rank() - 1);
        int[] at = new int[signals * bins * parts];
        for (int i = 0; i < at.length; i++) {
            int signal = i / parts / inner / bins * inner + i / parts % inner;
            at[i] = (signal * bins + i / parts / inner % bins) * parts + i % parts;
        }
        return at;
    }

    /**
     * Signals along an axis that has {@code inner} of them side by side. The bins behind the middle of a halved spectrum are
     * the conjugates of those before it, in reverse order, so each of those counts twice.
     */
    private record Lanes(int extent, int length, int inner, boolean complex, boolean halved)
            implements Transform.Signal {
        @Override
        public int standing(int n) {
            return halved && n > length / 2 ? length - n : n;
        }

        @Override
        public int real(int signal, int n) {
            int parts = complex ? 2 : 1;
            return n < extent ? ((signal / inner * extent + n) * inner + signal % inner) * parts : -1;
        }

        @Override
        public int imaginary(int signal, int n) {
            boolean none = !complex || n >= extent || halved && (n == 0 || 2 * n == length);
            return none ? -1 : real(signal, n) + 1;
        }
    }
}
