package org.aiis.reference.pipeline.train;

import java.util.ArrayList;
import java.util.List;
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

    public Bytes build() {
        Tape tape = new Tape(OPSET, type);
        int parameters = network.parameters();
        Value batch = tape.input("batch", ElementType.INT64, "n");
        List<Value> state = new ArrayList<>();
        for (String name : state()) {
            state.add(tape.input(name, type, name.equals("t") ? 1 : parameters));
        }
        Value rate = tape.input("rate", type, 1);
        Value w = state.get(0);
        Network.Forward forward = network.forward(tape, network.unpack(tape, w), batch);
        Value g = tape.gradient(forward.loss(), List.of(w)).get(0);
        List<String> next = optimizer.draw(
                tape.draft(), state.stream().map(Value::name).toList(), g.name(), rate::name);
        for (int i = 0; i < next.size(); i++) {
            Value before = state.get(i);
            tape.output(before.name() + "_o", new Value(next.get(i), type, before.extents()));
        }
        tape.output("loss", forward.loss()).output("g", g);
        forward.others().forEach(tape::output);
        return tape.build();
    }
}
