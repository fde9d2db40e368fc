package org.aiis.reference.pipeline.train;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.pipeline.gradient.Elementwise;
import org.aiis.reference.pipeline.gradient.Layout;
import org.aiis.reference.pipeline.gradient.Reductions;
import org.aiis.reference.pipeline.gradient.Tape;
import org.aiis.reference.pipeline.gradient.Value;
import org.aiis.reference.pipeline.network.Network;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/**
 * One training step of a network as a graph of standard operators: forward, loss, gradient by differentiation of the graph, update.
 *
 * <p>Inputs: the network's data, {@code batch int64 [n]} (the places of the batch's records, so that the data stay where they are), the state
 * {@code w [P]}, the optimizer's slots {@code [P]}, {@code t [1]}, and {@code rate [1]}. Outputs: the new state, each under the name with {@code
 * _o} behind it, {@code loss [1]}, the gradient {@code g [P]}, and what else the network gives.
 *
 * @param type float32, or float64 for a graph that is the reference of the other
 */
public record NetworkStep(Network network, Optimizer optimizer, ElementType type) {
    private static final int OPSET = 17;

    /** Names of the state: weights, slots, number of steps. */
    public List<String> state() {
        List<String> names = new ArrayList<>(List.of("w"));
        names.addAll(optimizer.slots());
        names.add("t");
        return names;
    }

    /** Names of the outputs that say how well a step went: {@code loss}, and what else the network gives. */
    public List<String> figures() {
        Tape tape = new Tape(OPSET, type);
        List<String> names = new ArrayList<>(List.of("loss"));
        names.addAll(forward(tape, tape.input("w", type, network.parameters()))
                .others()
                .keySet());
        return names;
    }

    private Network.Forward forward(Tape tape, Value w) {
        return network.forward(tape, network.unpack(tape, w), tape.input("batch", ElementType.INT64, "n"));
    }

    /** The forward pass alone: the data, {@code batch} and {@code w} to the {@link #figures}. */
    public Bytes loss() {
        Tape tape = new Tape(OPSET, type);
        Network.Forward forward = forward(tape, tape.input("w", type, network.parameters()));
        tape.output("loss", forward.loss());
        forward.others().forEach(tape::output);
        return tape.build();
    }

    /** Forward and gradient without the update: {@code loss} and {@code g} of a part of a batch that is divided among workers. */
    public Bytes gradient() {
        Tape tape = new Tape(OPSET, type);
        Value w = tape.input("w", type, network.parameters());
        Network.Forward forward = forward(tape, w);
        tape.output("loss", forward.loss())
                .output("g", tape.gradient(forward.loss(), List.of(w)).get(0));
        return tape.build();
    }

    /**
     * The update from the gradients of parts of a batch: the state, {@code rate}, {@code g0}, {@code g1}, … {@code [P]} and {@code records
     * [parts]}, how many records each part has, to the new state and {@code g}, their mean weighed by the records.
     */
    public Bytes updateFromParts(int parts) {
        Tape tape = new Tape(OPSET, type);
        List<Value> state = declared(tape);
        Value rate = tape.input("rate", type, 1);
        Value records = tape.input("records", type, parts);
        Value shares = Elementwise.div(tape, records, Reductions.sum(tape, records, true, 0));
        List<Value> share = Layout.split(tape, shares, 0, parts);
        List<Value> weighed = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            weighed.add(Elementwise.mul(tape, tape.input("g" + i, type, network.parameters()), share.get(i)));
        }
        Value g = weighed.stream().reduce((a, b) -> Elementwise.add(tape, a, b)).orElseThrow();
        return updated(tape, state, g, rate).output("g", g).build();
    }

    private List<Value> declared(Tape tape) {
        return state().stream()
                .map(name -> tape.input(name, type, name.equals("t") ? 1 : network.parameters()))
                .toList();
    }

    private Tape updated(Tape tape, List<Value> state, Value g, Value rate) {
        List<String> next =
                optimizer.draw(tape.draft(), state.stream().map(Value::name).toList(), g.name(), rate::name);
        for (int i = 0; i < next.size(); i++) {
            Value before = state.get(i);
            tape.output(before.name() + "_o", new Value(next.get(i), type, before.extents()));
        }
        return tape;
    }

    /** The whole step. */
    public Bytes build() {
        Tape tape = new Tape(OPSET, type);
        List<Value> state = declared(tape);
        Value rate = tape.input("rate", type, 1);
        Value w = state.get(0);
        Network.Forward forward = forward(tape, w);
        Value g = tape.gradient(forward.loss(), List.of(w)).get(0);
        updated(tape, state, g, rate);
        tape.output("loss", forward.loss()).output("g", g);
        forward.others().forEach(tape::output);
        return tape.build();
    }
}
