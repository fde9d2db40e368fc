package org.aiis.reference.pipeline.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.aiis.reference.pipeline.gradient.Elementwise;
import org.aiis.reference.pipeline.gradient.Extent;
import org.aiis.reference.pipeline.gradient.Layout;
import org.aiis.reference.pipeline.gradient.Linear;
import org.aiis.reference.pipeline.gradient.Losses;
import org.aiis.reference.pipeline.gradient.Patches;
import org.aiis.reference.pipeline.gradient.Recurrence;
import org.aiis.reference.pipeline.gradient.Tape;
import org.aiis.reference.pipeline.gradient.Value;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Forecasts of flow. From the steps that were seen a network makes a vector, the last state of h_t = σ(W_h·[h_{t−1}, x_t] + b_h) or what two
 * convolutions along time leave; from that vector come two numbers a and b for each flow that is forecast, and the forecast is
 * usual·(1 + a) + b·scale: a says by what share the day departs from what is usual, b what departs by itself. With a = b = 0 it is the
 * seasonal mean.
 */
public record FlowNetwork(Kind kind, int width) implements Network {
    private static final int STEPS = FlowPreparation.STEPS;
    private static final int INPUTS = FlowPreparation.INPUTS;
    private static final int OUTPUTS = FlowPreparation.OUTPUTS;
    private static final int TAPS = 3;

    /** How the steps are read. */
    public enum Kind {
        RECURRENT,
        CONVOLUTIONAL
    }

    @Override
    public List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        if (kind == Kind.RECURRENT) {
            pieces.add(Piece.kernel("hidden.recurrent", Shape.of(width, width), width, width));
            pieces.add(Piece.kernel("hidden.input", Shape.of(INPUTS, width), INPUTS, width));
            pieces.add(Piece.bias("hidden.bias", width));
        } else {
            pieces.add(Piece.kernel("conv1.kernel", Shape.of(TAPS * INPUTS, width), TAPS * INPUTS, width));
            pieces.add(Piece.bias("conv1.bias", width));
            pieces.add(Piece.kernel("conv2.kernel", Shape.of(TAPS * width, width), TAPS * width, width));
            pieces.add(Piece.bias("conv2.bias", width));
        }
        int features = features();
        pieces.add(Piece.kernel("share.kernel", Shape.of(features, OUTPUTS), features, OUTPUTS));
        pieces.add(Piece.bias("share.bias", OUTPUTS));
        pieces.add(Piece.kernel("rest.kernel", Shape.of(features, OUTPUTS), features, OUTPUTS));
        pieces.add(Piece.bias("rest.bias", OUTPUTS));
        return pieces;
    }

    private int features() {
        return kind == Kind.RECURRENT ? width : width * (STEPS - 2 * (TAPS - 1));
    }

    @Override
    public List<String> data() {
        return List.of("x", "p", "y");
    }

    /**
     * The data: {@code x [records, STEPS, INPUTS]} as prepared, {@code p [records, OUTPUTS]} usual flow / scale, {@code y} true flow / scale.
     * The loss is the mean square.
     */
    @Override
    public Forward forward(Tape tape, List<Value> weights, Value batch) {
        Value x = tape.input("x", tape.real(), "records", STEPS, INPUTS);
        Value p = tape.input("p", tape.real(), "records", OUTPUTS);
        Value y = tape.input("y", tape.real(), "records", OUTPUTS);
        Value first = Layout.zeros(tape, batch, width);
        Value forecast = forecast(tape, weights, Layout.records(tape, x, batch), Layout.records(tape, p, batch), first);
        return new Forward(Losses.squares(tape, forecast, Layout.records(tape, y, batch)), new TreeMap<>());
    }

    private Value forecast(Tape tape, List<Value> weights, Value x, Value p, Value first) {
        Value features = kind == Kind.RECURRENT ? lastState(tape, weights, x, first) : convolved(tape, weights, x);
        int at = weights.size() - 4;
        Value share = Linear.dense(tape, features, weights.get(at), weights.get(at + 1));
        Value rest = Linear.dense(tape, features, weights.get(at + 2), weights.get(at + 3));
        return Elementwise.add(tape, Elementwise.add(tape, p, Elementwise.mul(tape, p, share)), rest);
    }

    private Value lastState(Tape tape, List<Value> weights, Value x, Value first) {
        Value turned = Layout.transpose(tape, x, 1, 0, 2);
        Value rows = Layout.reshape(tape, turned, x.extent(0).times(x.extent(1)), x.extent(2));
        Value addends = Linear.dense(tape, rows, weights.get(1), weights.get(2));
        Value states = Recurrence.unrolled(tape, addends, weights.get(0), first, STEPS);
        return Layout.split(tape, states, 0, STEPS).get(STEPS - 1);
    }

    private Value convolved(Tape tape, List<Value> weights, Value x) {
        Value one = convolution(tape, x, STEPS, weights.get(0), weights.get(1));
        Value two = convolution(tape, one, STEPS - TAPS + 1, weights.get(2), weights.get(3));
        return Layout.reshape(tape, two, x.extent(0), Extent.of(features()));
    }

    private static Value convolution(Tape tape, Value x, int steps, Value kernel, Value bias) {
        Value rows = Patches.all(steps, 1, TAPS, 1)
                .convolve(tape, x, kernel, Optional.of(bias))
                .get(0);
        return Layout.reshape(
                tape, Elementwise.relu(tape, rows), x.extent(0), Extent.of(steps - TAPS + 1L), kernel.extent(1));
    }

    /**
     * The model for inference: the inputs of {@link FlowPreparation#build} as detectors send them; output {@code forecast [n, horizons,
     * stations]}, vehicles in the quarter of an hour that ends 15, 30, 45, 60 minutes after the last interval seen, never below 0.
     *
     * @param opset version that the model imports
     * @param weights float32, the whole vector
     */
    public Bytes inference(int opset, FlowPreparation preparation, Tensor weights) {
        ElementType type = ElementType.FLOAT32;
        Tape tape = new Tape(opset, type);
        Value flow = tape.input("flow", type, "n", FlowPreparation.SEEN, FlowPreparation.DETECTORS);
        tape.input("occupancy", type, "n", FlowPreparation.SEEN, FlowPreparation.DETECTORS);
        tape.input("slot", ElementType.INT64, "n");
        tape.metadata("aiis.network", kind.name().toLowerCase(java.util.Locale.ROOT) + ", width " + width);
        tape.metadata("aiis.unit", "flow in vehicles, forecast in vehicles a quarter of an hour");
        FlowPreparation.Prepared prepared = preparation.draw(tape.draft());
        Extent n = flow.extent(0);
        List<Extent> outputs = List.of(n, Extent.of(OUTPUTS));
        Value x = new Value(prepared.x(), type, List.of(n, Extent.of(STEPS), Extent.of(INPUTS)));
        Value usual = new Value(prepared.usual(), type, outputs);
        Value scale = new Value(prepared.scale(), type, List.of(Extent.of(OUTPUTS)));
        List<Value> pieces = pieces().stream()
                .map(piece -> tape.initializer(piece.name(), piece(piece.name(), weights)))
                .toList();
        Value first = Layout.zeros(tape, new Value("slot", ElementType.INT64, List.of(n)), width);
        Value forecast = forecast(tape, pieces, x, Elementwise.div(tape, usual, scale), first);
        Value vehicles = Elementwise.relu(tape, Elementwise.mul(tape, forecast, scale));
        int horizons = FlowPreparation.HORIZONS.size();
        return tape.output(
                        "forecast",
                        Layout.reshape(tape, vehicles, n, Extent.of(horizons), Extent.of(OUTPUTS / horizons)))
                .build();
    }
}
