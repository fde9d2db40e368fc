package org.aiis.reference.operators.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Body;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.ControlFlow;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.Walk;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * body for each slice of the scan inputs, which go side by side.
 *
 * <p>The first inputs are states, the last num_scan_inputs are scanned, each along its axis and in its direction (1 is
 * backward). body: (states…, slices…) → (states…, scan outputs…); a slice lacks the scanned axis, a scan output is put
 * together along a new one, from the end where its direction is 1. States keep their shape. Source: ONNX operator text
 * of opset 11, 16, 19, 21, 23, 24, 25.
 */
public final class Scan implements ControlFlow {
    @Override
    public Signature signature(int opset) {
        return Signature.of("initial_state_and_scan_inputs+:V -> final_state_and_scan_outputs+:V")
                .type("V", opset < 16 ? Types.without(Types.ANY, ElementType.BFLOAT16) : Types.any(opset))
                .required("body", AttributeType.GRAPH)
                .required("num_scan_inputs", AttributeType.INT)
                .optional("scan_input_axes", AttributeType.INTS)
                .optional("scan_input_directions", AttributeType.INTS)
                .optional("scan_output_axes", AttributeType.INTS)
                .optional("scan_output_directions", AttributeType.INTS);
    }

    @Override
    public List<Type> bodyInputs(String attribute, List<Optional<Type>> given, Attributes node) {
        return given.stream().map(Optional::orElseThrow).toList();
    }

    @Override
    public List<Type> outputs(Map<String, List<Type>> bodies, List<Optional<Type>> given, Attributes node) {
        List<Type> body = Objects.requireNonNull(bodies.get("body"));
        long scanned = node.integer("num_scan_inputs");
        if (scanned < 1 || scanned > given.size()) {
            throw node.refusal("num_scan_inputs is " + scanned + " of " + given.size() + " inputs");
        }
        int states = given.size() - (int) scanned;
        if (body.size() < states
                || !body.subList(0, states)
                        .equals(bodyInputs("body", given, node).subList(0, states))) {
            throw node.refusal("its body does not give states of the types that it takes");
        }
        directions(node, "scan_input_directions", (int) scanned);
        directions(node, "scan_output_directions", body.size() - states);
        return body;
    }

    private static long[] directions(Attributes node, String name, int count) {
        long[] directions = list(node, name, count);
        if (LongStream.of(directions).anyMatch(d -> d != 0 && d != 1)) {
            throw node.refusal(name + " are neither 0 nor 1");
        }
        return directions;
    }

    private static long[] list(Attributes node, String name, int count) {
        long[] values = node.has(name) ? node.integers(name) : new long[count];
        if (values.length != count) {
            throw node.refusal(name + " has " + values.length + " elements, must have " + count);
        }
        return values;
    }

    @Override
    public List<Datum> evaluate(Call call) {
        Attributes node = call.attributes();
        Body body = call.body("body");
        int scanned = (int) node.integer("num_scan_inputs");
        int states = call.inputs() - scanned;
        long[] axes = list(node, "scan_input_axes", scanned);
        long[] backward = directions(node, "scan_input_directions", scanned);
        int[] axis = new int[scanned];
        int length = -1;
        for (int k = 0; k < scanned; k++) {
            Shape shape = call.input(states + k).shape();
            axis[k] = Axes.axis(call, axes[k], shape.rank());
            if (length >= 0 && shape.dim(axis[k]) != length) {
                throw call.refusal("scan inputs of lengths " + length + " and " + shape.dim(axis[k]));
            }
            length = shape.dim(axis[k]);
        }
        List<Datum> state = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            state.add(call.input(i));
        }
        List<Gathered> gathered = new ArrayList<>();
        for (int k = states; k < call.outputs(); k++) {
            gathered.add(new Gathered(call));
        }
        for (int t = 0; t < length; t++) {
            List<Datum> inputs = new ArrayList<>(state);
            for (int k = 0; k < scanned; k++) {
                inputs.add(slice(call, call.input(states + k), axis[k], backward[k] == 1 ? length - 1 - t : t));
            }
            List<Datum> outputs = body.run(inputs);
            state = outputs.subList(0, states);
            for (int i = 0; i < states; i++) {
                Shape before = call.input(i).shape();
                if (!((Value) state.get(i)).shape().equals(before)) {
                    throw call.refusal("state " + i + " no longer has shape " + before);
                }
            }
            for (int k = 0; k < gathered.size(); k++) {
                gathered.get(k).add(outputs.get(states + k));
            }
        }
        return results(call, body, state, gathered);
    }

    private static List<Datum> results(Call call, Body body, List<Datum> state, List<Gathered> gathered) {
        long[] axes = list(call.attributes(), "scan_output_axes", gathered.size());
        long[] prepended = directions(call.attributes(), "scan_output_directions", gathered.size());
        List<Datum> results = new ArrayList<>(state);
        for (int k = 0; k < gathered.size(); k++) {
            int output = state.size() + k;
            results.add(gathered.get(k)
                    .along(axes[k], prepended[k] == 1, call.outputType(output), body.declaredShape(output)));
        }
        return results;
    }

    private static Value slice(Call call, Value x, int axis, int index) {
        int[] dims = x.shape().toArray();
        int[] steps = Walk.steps(dims);
        dims[axis] = 1;
        List<Integer> rest = new ArrayList<>(x.shape().dims());
        rest.remove(axis);
        Shape shape = new Shape(rest);
        call.spend(shape.size());
        return x.gather(Walk.places(dims, steps, index * steps[axis]), shape);
    }
}
