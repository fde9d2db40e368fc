package org.aiis.reference.pipeline.network;

import java.util.List;
import java.util.TreeMap;
import org.aiis.reference.pipeline.gradient.Elementwise;
import org.aiis.reference.pipeline.gradient.Extent;
import org.aiis.reference.pipeline.gradient.Layout;
import org.aiis.reference.pipeline.gradient.Linear;
import org.aiis.reference.pipeline.gradient.Losses;
import org.aiis.reference.pipeline.gradient.Recurrence;
import org.aiis.reference.pipeline.gradient.Tape;
import org.aiis.reference.pipeline.gradient.Value;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * h_t = σ(W_h·[h_{t−1}, x_t] + b_h), o_t = σ(W_o·h_t + b_o), unrolled over so many steps. The matrix W_h lies in two pieces, what it does
 * to h and what it does to x, so that the part of x is one product over all steps.
 */
public record RecurrentNetwork(int inputs, int hidden, int outputs, int steps) implements Network {
    public RecurrentNetwork {
        if (inputs < 1 || hidden < 1 || outputs < 1 || steps < 1) {
            throw InputException.of(
                    "a recurrent network of " + inputs + " inputs, " + hidden + " hidden, " + outputs + " outputs, "
                            + steps + " steps",
                    "each is 1 or more");
        }
    }

    @Override
    public List<Piece> pieces() {
        return List.of(
                Piece.kernel("hidden.recurrent", Shape.of(hidden, hidden), hidden, hidden),
                Piece.kernel("hidden.input", Shape.of(inputs, hidden), inputs, hidden),
                Piece.bias("hidden.bias", hidden),
                Piece.kernel("output.kernel", Shape.of(hidden, outputs), hidden, outputs),
                Piece.bias("output.bias", outputs));
    }

    @Override
    public List<String> data() {
        return List.of("x", "y");
    }

    /** The data: {@code x [records, steps, inputs]} and {@code y [records, steps, outputs]} in [0, 1]; the loss is the cross-entropy of o. */
    @Override
    public Forward forward(Tape tape, List<Value> weights, Value batch) {
        Value x = tape.input("x", tape.real(), "records", steps, inputs);
        Value y = tape.input("y", tape.real(), "records", steps, outputs);
        Value first = Layout.zeros(tape, batch, hidden);
        Value states = states(tape, weights, Layout.records(tape, x, batch), first);
        Value z = Linear.dense(tape, states, weights.get(3), weights.get(4));
        Value target = byStep(tape, Layout.records(tape, y, batch));
        return new Forward(Losses.logistic(tape, z, target), new TreeMap<>());
    }

    /** Hidden states of all steps, {@code [steps·n, hidden]}, step by step. */
    private Value states(Tape tape, List<Value> weights, Value x, Value first) {
        Value addends = Linear.dense(tape, byStep(tape, x), weights.get(1), weights.get(2));
        return Recurrence.unrolled(tape, addends, weights.get(0), first, steps);
    }

    /** {@code [n, steps, k]} to {@code [steps·n, k]}. */
    private static Value byStep(Tape tape, Value x) {
        Value turned = Layout.transpose(tape, x, 1, 0, 2);
        return Layout.reshape(tape, turned, x.extent(0).times(x.extent(1)), x.extent(2));
    }

    /**
     * The features: {@code x [n, steps, inputs]} and the state that the caller carries, {@code h0 [n, hidden]}, to {@code states [n,
     * steps, hidden]}, {@code o [n, steps, outputs]} and {@code last [n, hidden]}.
     *
     * @param weights the whole vector, in the type of the graph
     */
    public Bytes features(int opset, Tensor weights) {
        Tape tape = new Tape(opset, weights.type());
        Value x = tape.input("x", weights.type(), "n", steps, inputs);
        Value h0 = tape.input("h0", weights.type(), "n", hidden);
        List<Value> pieces = pieces().stream()
                .map(p -> tape.initializer(p.name(), piece(p.name(), weights)))
                .toList();
        Value states = states(tape, pieces, x, h0);
        Value o = Elementwise.sigmoid(tape, Linear.dense(tape, states, pieces.get(3), pieces.get(4)));
        Value shaped = byRecord(tape, states, hidden);
        Value end = Layout.slice(tape, shaped, 1, steps - 1, steps, 1);
        return tape.output("states", shaped)
                .output("o", byRecord(tape, o, outputs))
                .output("last", Layout.reshape(tape, end, Extent.named("n"), Extent.of(hidden)))
                .build();
    }

    private Value byRecord(Tape tape, Value rows, int width) {
        Value steps3 = Layout.reshape(tape, rows, Extent.of(steps), Extent.named("n"), Extent.of(width));
        return Layout.transpose(tape, steps3, 1, 0, 2);
    }
}
