package org.aiis.reference.operators.recurrent;

import java.util.BitSet;
import java.util.List;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;

/**
 * One direction of a recurrent layer: its weights, biases and functions. Runs of numbers are [batch, hidden], x is [batch,
 * input].
 *
 * @param gates number of gates that W, R and each half of B hold one after the other
 * @param functions those of this direction
 */
record Layer(
        Call call,
        Formula f,
        int direction,
        int gates,
        int batch,
        int input,
        int hidden,
        Numbers w,
        Numbers r,
        List<Activation> functions) {
    private static final int B = 3;
    private static final int P = 7;

    Layer {
        functions = List.copyOf(functions);
    }

    /** X·Wᵀ + Wb of a gate. */
    Numbers linear(int gate, Numbers x) {
        return biased(product(x, w, gate, input), gate);
    }

    /** H·Rᵀ + Rb of a gate. */
    Numbers recurrent(int gate, Numbers h) {
        return biased(product(h, r, gate, hidden), gates + gate);
    }

    private Numbers product(Numbers x, Numbers weights, int gate, int inner) {
        int at = (direction * gates + gate) * hidden * inner;
        call.spend((long) batch * hidden * (inner + 1));
        return f.arithmetic()
                .dots(
                        Matrix.rowMajor(x, 0, batch, inner),
                        new Matrix(weights, at, /* rows= */ inner, /* columns= */ hidden, 1, inner, new BitSet()),
                        f.arithmetic().constant(0, 0));
    }

    private Numbers biased(Numbers x, int part) {
        return call.has(B) ? f.plus(x, repeated(call.input(B).numbers(), (direction * 2 * gates + part) * hidden)) : x;
    }

    /** With the peephole weights of a gate times the cell, if the node has any. */
    Numbers peeped(Numbers x, int gate, Numbers c) {
        return call.has(P)
                ? f.plus(x, f.times(repeated(call.input(P).numbers(), (direction * 3 + gate) * hidden), c))
                : x;
    }

    private Numbers repeated(Numbers row, int from) {
        int[] at = new int[batch * hidden];
        for (int i = 0; i < at.length; i++) {
            at[i] = from + i % hidden;
        }
        return row.gather(at);
    }

    /** An activation function of what is clipped first, where the node says so. */
    Numbers activated(int function, Numbers x) {
        if (!call.attributes().has("clip")) {
            return functions.get(function).of(x, f);
        }
        double clip = call.attributes().real("clip");
        return functions.get(function).of(f.least(f.greatest(x, -clip), clip), f);
    }
}
