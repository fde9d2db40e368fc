package org.aiis.reference.operators.sequences;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Body;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.ControlFlow;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.SequenceValue;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Value;

/**
 * body for each place of the sequences, which have one length; tensors among the inputs go to each call whole.
 *
 * <p>The outputs are the sequences of what body gives. Source: ONNX operator text of opset 17.
 */
public final class SequenceMap implements ControlFlow {
    @Override
    public Signature signature(int opset) {
        Set<Type> sequences = Type.sequences(Elements.ALL);
        return Signature.of("input_sequence:S additional_inputs+0:V -> out_sequence+:S")
                .kind("S", sequences)
                .kind("V", Type.union(Type.tensors(Elements.ALL), sequences))
                .required("body", AttributeType.GRAPH);
    }

    @Override
    public List<Type> bodyInputs(String attribute, List<Optional<Type>> given, Attributes node) {
        return given.stream()
                .map(Optional::orElseThrow)
                .map(type -> Type.tensor(type.element()))
                .map(Type.class::cast)
                .toList();
    }

    @Override
    public List<Type> outputs(Map<String, List<Type>> bodies, List<Optional<Type>> given, Attributes node) {
        List<Type> results = new ArrayList<>();
        for (Type type : Objects.requireNonNull(bodies.get("body"))) {
            if (!(type instanceof Type.Tensor)) {
                throw node.refusal("its body gives " + type.label() + ", must give tensors");
            }
            results.add(new Type.Sequence(type));
        }
        return results;
    }

    @Override
    public List<Datum> evaluate(Call call) {
        Body body = call.body("body");
        int length = call.sequence(0).tensors().size();
        List<List<Value>> outputs = new ArrayList<>();
        for (int k = 0; k < call.outputs(); k++) {
            outputs.add(new ArrayList<>());
        }
        for (int i = 0; i < length; i++) {
            List<Datum> inputs = new ArrayList<>();
            for (int k = 0; k < call.inputs(); k++) {
                inputs.add(element(call, call.datum(k), i, length));
            }
            List<Datum> results = body.run(inputs);
            for (int k = 0; k < outputs.size(); k++) {
                outputs.get(k).add((Value) results.get(k));
            }
        }
        List<Datum> sequences = new ArrayList<>();
        for (int k = 0; k < outputs.size(); k++) {
            sequences.add(SequenceValue.of(call, call.outputType(k), outputs.get(k)));
        }
        return sequences;
    }

    private static Datum element(Call call, Datum datum, int i, int length) {
        if (!(datum instanceof SequenceValue sequence)) {
            return datum;
        }
        if (sequence.tensors().size() != length) {
            throw call.refusal(
                    "sequences of " + length + " and " + sequence.tensors().size() + " tensors");
        }
        return sequence.tensors().get(i);
    }
}
