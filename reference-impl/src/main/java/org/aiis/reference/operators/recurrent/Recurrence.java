package org.aiis.reference.operators.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * What RNN, GRU and LSTM share: shapes, directions, layout, lengths of sequences. The reverse direction begins at the last
 * step of each sequence. A sequence that has ended keeps its state, and Y is 0 from its end on (OP-RNN-D1).
 */
final class Recurrence {
    /** The states after a step from those before it, H first. */
    interface Cell {
        List<Numbers> next(Layer layer, Numbers x, List<Numbers> states);
    }

    /** So much work a step at least, so that no model asks for steps without end over empty batches. */
    private static final long STEP = 1 << 14;

    private static final int INITIAL = 5;

    private final Call call;
    private final int gates;
    private final int states;
    private final int directions;
    private final boolean batchFirst;
    private final int steps;
    private final int batch;
    private final int input;
    private final int hidden;
    private final long[] lengths;

    private Recurrence(Call call, int gates, int states) {
        this.call = call;
        this.gates = gates;
        this.states = states;
        this.directions = call.attributes().word("direction").equals("bidirectional") ? 2 : 1;
        this.batchFirst = call.attributes().has("layout") && call.attributes().flag("layout");
        Shape x = ranked(0, 3);
        this.steps = x.dim(batchFirst ? 1 : 0);
        this.batch = x.dim(batchFirst ? 0 : 1);
        this.input = x.dim(2);
        this.hidden = ranked(2, 3).dim(2);
        expect(1, directions, (long) gates * hidden, input);
        expect(2, directions, (long) gates * hidden, hidden);
        expect(3, directions, 2L * gates * hidden);
        for (int i = 0; i < states; i++) {
            expect(INITIAL + i, batchFirst ? batch : directions, batchFirst ? directions : batch, hidden);
        }
        expect(7, directions, 3L * hidden);
        if (call.attributes().has("hidden_size") && call.attributes().integer("hidden_size") != hidden) {
            throw call.refusal("hidden_size is not that of R, " + hidden);
        }
        this.lengths = lengths();
        call.spend(steps * STEP);
        call.shape(steps, directions, Math.max(1, batch), Math.max(1, hidden));
    }

    static Signature signature(Signature inputs, int opset) {
        Signature signature = inputs.type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .optional("activation_alpha", AttributeType.FLOATS)
                .optional("activation_beta", AttributeType.FLOATS)
                .optional("clip", AttributeType.FLOAT)
                .optional("hidden_size", AttributeType.INT)
                .words(Attribute.of("direction", "forward"), "forward", "reverse", "bidirectional");
        return opset < 14 ? signature : signature.attribute(Attribute.of("layout", 0));
    }

    /** Y, then the last states. */
    static List<Value> of(Call call, int gates, int states, List<String> functions, Cell cell) {
        return new Recurrence(call, gates, states).run(functions, cell);
    }

    private Shape ranked(int input, int rank) {
        Shape shape = call.input(input).shape();
        if (shape.rank() != rank) {
            throw call.refusal("input " + input + " has rank " + shape.rank() + ", must have rank " + rank);
        }
        return shape;
    }

    private void expect(int input, long... dims) {
        if (call.has(input) && !Arrays.equals(call.input(input).shape().toLongs(), dims)) {
            throw call.refusal("input " + input + " has shape "
                    + call.input(input).shape() + ", must have " + Arrays.toString(dims));
        }
    }

    private long[] lengths() {
        expect(4, batch);
        long[] all = new long[batch];
        Arrays.fill(all, steps);
        long[] given = call.has(4) ? call.input(4).longs() : all;
        for (long length : given) {
            if (length < 0 || length > steps) {
                throw call.refusal("a sequence has length " + length + ", must lie in 0 … " + steps);
            }
        }
        return given;
    }

    private List<Value> run(List<String> functions, Cell cell) {
        Arithmetic arithmetic = call.arithmetic();
        List<Activation> all = Activation.read(call, functions, directions);
        int[] rows = new int[steps * directions * batch];
        List<Numbers> outputs = new ArrayList<>(List.of(arithmetic.constant(0, hidden)));
        List<List<Numbers>> last = new ArrayList<>();
        Numbers w = call.input(1).numbers();
        Numbers r = call.input(2).numbers();
        for (int d = 0; d < directions; d++) {
            List<Activation> own = all.subList(d * functions.size(), (d + 1) * functions.size());
            Layer layer = new Layer(call, new Formula(arithmetic), d, gates, batch, input, hidden, w, r, own);
            last.add(direction(layer, cell, rows, outputs));
        }
        List<Value> values = new ArrayList<>();
        Shape y = batchFirst
                ? call.shape(batch, steps, directions, hidden)
                : call.shape(steps, directions, batch, hidden);
        values.add(Value.of(call.input(0).type(), y, Numbers.join(outputs).gather(elements(placed(rows)))));
        for (int i = 0; i < states; i++) {
            values.add(last(last, i));
        }
        return values;
    }

    /** Runs one direction, notes the row that each step of each sequence gives, and gives the last states. */
    private List<Numbers> direction(Layer layer, Cell cell, int[] rows, List<Numbers> outputs) {
        boolean backward =
                layer.direction() == 1 || call.attributes().word("direction").equals("reverse");
        Numbers x = call.input(0).numbers();
        List<Numbers> state = initial(layer.direction());
        for (int step = 0; step < steps; step++) {
            int[] from = new int[batch];
            boolean[] runs = new boolean[batch * hidden];
            for (int b = 0; b < batch; b++) {
                boolean active = step < lengths[b];
                int t = active && backward ? (int) lengths[b] - 1 - step : step;
                from[b] = batchFirst ? b * steps + t : t * batch + b;
                Arrays.fill(runs, b * hidden, (b + 1) * hidden, active);
                if (active) {
                    rows[(t * directions + layer.direction()) * batch + b] = 1 + (outputs.size() - 1) * batch + b;
                }
            }
            List<Numbers> next = cell.next(layer, x.gather(elements(from, input)), state);
            outputs.add(next.get(0));
            List<Numbers> kept = new ArrayList<>();
            for (int i = 0; i < states; i++) {
                kept.add(Formula.where(runs, next.get(i), state.get(i)));
            }
            state = kept;
        }
        return state;
    }

    private List<Numbers> initial(int direction) {
        List<Numbers> state = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            if (!call.has(INITIAL + i)) {
                state.add(call.arithmetic().constant(0, batch * hidden));
                continue;
            }
            int[] from = new int[batch];
            for (int b = 0; b < batch; b++) {
                from[b] = batchFirst ? b * directions + direction : direction * batch + b;
            }
            state.add(call.input(INITIAL + i).numbers().gather(elements(from)));
        }
        return state;
    }

    private int[] elements(int[] rows) {
        return elements(rows, hidden);
    }

    private static int[] elements(int[] rows, int width) {
        int[] at = new int[rows.length * width];
        for (int i = 0; i < at.length; i++) {
            at[i] = rows[i / width] * width + i % width;
        }
        return at;
    }

    /** Rows that stand in the order steps, directions, batch, in the order of the layout. */
    private int[] placed(int[] rows) {
        if (!batchFirst) {
            return rows;
        }
        int[] other = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            other[i % batch * steps * directions + i / batch] = rows[i];
        }
        return other;
    }

    private Value last(List<List<Numbers>> byDirection, int state) {
        Numbers all = Numbers.join(byDirection.stream().map(s -> s.get(state)).toList());
        Shape shape = batchFirst ? call.shape(batch, directions, hidden) : call.shape(directions, batch, hidden);
        int[] rows = new int[directions * batch];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = batchFirst ? i % directions * batch + i / directions : i;
        }
        return Value.of(call.input(0).type(), shape, all.gather(elements(rows)));
    }
}
