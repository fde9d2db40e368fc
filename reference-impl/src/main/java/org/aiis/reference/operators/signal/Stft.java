package org.aiis.reference.operators.signal;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * STFT: the Fourier transform of each frame of a signal [B, L, 1 or 2], times a window [F]; a frame begins every frame_step
 * elements, and there are ⌊(L − F) / frame_step⌋ + 1 of them. The result is [B, frames, bins, 2], with ⌊F/2⌋ + 1 bins of a
 * real signal, or F with onesided 0.
 *
 * <p>F is frame_length, else that of the window, else L. A complex signal has no onesided result. σ is that of the product
 * with the window, and of the transform as DFT has it. Source: ONNX operator text of opset 17.
 */
public final class Stft implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("signal:T1 frame_step:T2 window?:T1 frame_length?:T2 -> output:T1")
                .type("T1", Types.FLOAT)
                .type("T2", Types.set(ElementType.INT32, ElementType.INT64))
                .attribute(Attribute.of("onesided", 1));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Shape given = x.shape();
        if (given.rank() != 3 || given.dim(2) < 1 || given.dim(2) > 2) {
            throw call.refusal("signal has shape " + given + ", must be [batch, length, 1 or 2]");
        }
        boolean complex = given.dim(2) == 2;
        boolean onesided = call.attributes().flag("onesided");
        if (onesided && complex) {
            throw call.refusal("onesided of a complex signal");
        }
        if (call.has(2) && call.input(2).shape().rank() != 1) {
            throw call.refusal("window has shape " + call.input(2).shape() + ", must have rank 1");
        }
        long frame = call.has(3)
                ? Scalars.integer(call, 3)
                : call.has(2) ? call.input(2).size() : given.dim(1);
        long step = Scalars.integer(call, 1);
        if (frame < 1
                || frame > given.dim(1)
                || step < 1
                || call.has(2) && call.input(2).size() != frame) {
            throw call.refusal("frames of " + frame + " elements every " + step + " of " + given.dim(1));
        }
        int length = (int) frame;
        int frames = ((int) ((given.dim(1) - frame) / step)) + 1;
        int bins = onesided ? length / 2 + 1 : length;
        Shape shape = call.shape(given.dim(0), frames, bins, 2);
        int parts = given.dim(2);
        int signals = given.dim(0) * frames;
        int[] at = new int[call.shape(signals, length, parts).size()];
        int[] weights = new int[at.length];
        for (int i = 0; i < at.length; i++) {
            int n = i / parts % length;
            int signal = i / parts / length;
            long first = signal % frames * step;
            at[i] = (int) ((signal / frames * (long) given.dim(1) + first + n) * parts + i % parts);
            weights[i] = n;
        }
        Arithmetic a = call.arithmetic();
        Numbers framed = x.numbers().gather(at);
        if (call.has(2)) {
            framed = a.binary(Binary.MUL, framed, call.input(2).numbers().gather(weights));
        }
        Transform transform = new Transform(call, a, length, false);
        Transform.Signal signal = new Frames(length, parts);
        Numbers real = transform.part(framed, signal, signals, bins, false);
        Numbers imaginary = transform.part(framed, signal, signals, bins, true);
        return List.of(Value.of(x.type(), shape, Transform.interleaved(real, imaginary)));
    }

    /** One frame behind the other. */
    private record Frames(int length, int parts) implements Transform.Signal {
        @Override
        public int real(int signal, int n) {
            return (signal * length + n) * parts;
        }

        @Override
        public int imaginary(int signal, int n) {
            return parts == 2 ? real(signal, n) + 1 : -1;
        }
    }
}
