package org.aiis.reference.pipeline.network;

import java.util.List;
import java.util.TreeMap;
import org.aiis.reference.pipeline.gradient.Elementwise;
import org.aiis.reference.pipeline.gradient.Extent;
import org.aiis.reference.pipeline.gradient.Layout;
import org.aiis.reference.pipeline.gradient.Linear;
import org.aiis.reference.pipeline.gradient.Losses;
import org.aiis.reference.pipeline.gradient.Tape;
import org.aiis.reference.pipeline.gradient.Value;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Whether a lane is blocked after its detector: one hidden layer with a rectifier over what {@link IncidentPreparation} gives. */
public record IncidentNetwork(int width) implements Network {
    private static final int INPUTS = IncidentPreparation.INPUTS;
    private static final int DETECTORS = IncidentPreparation.DETECTORS;

    @Override
    public List<Piece> pieces() {
        return List.of(
                Piece.kernel("hidden.kernel", Shape.of(INPUTS, width), INPUTS, width),
                Piece.bias("hidden.bias", width),
                Piece.kernel("output.kernel", Shape.of(width, 1), width, 1),
                Piece.bias("output.bias", 1));
    }

    @Override
    public List<String> data() {
        return List.of("x", "y");
    }

    /** The data: {@code x [records, INPUTS]} as prepared, {@code y [records, 1]} 1 where blocked, else 0. The loss is the cross-entropy. */
    @Override
    public Forward forward(Tape tape, List<Value> weights, Value batch) {
        Value x = tape.input("x", tape.real(), "records", INPUTS);
        Value y = tape.input("y", tape.real(), "records", 1);
        Value z = logit(tape, weights, Layout.records(tape, x, batch));
        return new Forward(Losses.logistic(tape, z, Layout.records(tape, y, batch)), new TreeMap<>());
    }

    private static Value logit(Tape tape, List<Value> weights, Value x) {
        Value hidden = Elementwise.relu(tape, Linear.dense(tape, x, weights.get(0), weights.get(1)));
        return Linear.dense(tape, hidden, weights.get(2), weights.get(3));
    }

    /**
     * The weights with the odds put right where only a share of the records without incident was learnt: the last bias, which is of the
     * logarithm of the odds, plus the logarithm of the share.
     */
    public Tensor withPrior(Tensor weights, double share) {
        int last = weights.size() - 1;
        Tensor.Builder corrected = new Tensor.Builder(weights.type(), weights.shape());
        for (int i = 0; i <= last; i++) {
            corrected.setReal(i, weights.real(i) + (i == last ? StrictMath.log(share) : 0));
        }
        return corrected.build();
    }

    /**
     * The model for inference: the inputs of {@link IncidentPreparation#build} as detectors send them; outputs {@code probability
     * [n, detectors]} that the lane is blocked after the detector, and {@code incident int64 [n, detectors]}, 1 where it is {@code threshold}
     * or more.
     *
     * @param opset version that the model imports
     * @param weights float32, the whole vector
     */
    public Bytes inference(int opset, IncidentPreparation preparation, Tensor weights, double threshold) {
        ElementType type = ElementType.FLOAT32;
        Tape tape = new Tape(opset, type);
        Value flow = tape.input("flow", type, "n", IncidentPreparation.SEEN, DETECTORS);
        tape.input("occupancy", type, "n", IncidentPreparation.SEEN, DETECTORS);
        tape.input("slot", ElementType.INT64, "n");
        tape.metadata("aiis.network", "incidents, width " + width);
        tape.metadata("aiis.threshold", Double.toString(threshold));
        Extent n = flow.extent(0);
        Value x = new Value(
                preparation.draw(tape.draft()), type, List.of(n.times(Extent.of(DETECTORS)), Extent.of(INPUTS)));
        List<Value> pieces = pieces().stream()
                .map(piece -> tape.initializer(piece.name(), piece(piece.name(), weights)))
                .toList();
        Value probability =
                Layout.reshape(tape, Elementwise.sigmoid(tape, logit(tape, pieces, x)), n, Extent.of(DETECTORS));
        Value alarm = tape.node(
                "GreaterOrEqual", List.of(probability, tape.real(threshold)), ElementType.BOOL, probability.extents());
        return tape.output("probability", probability)
                .output("incident", Elementwise.cast(tape, alarm, ElementType.INT64))
                .build();
    }
}
