package org.aiis.reference.operators.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Body;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.ControlFlow;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * body over and over, at most M times and while the condition holds: cond for the first time, then what body gives.
 *
 * <p>body: (iteration, condition, carried…) → (condition, carried…, scan…). Without cond the condition that body gives
 * is ignored, without M it alone ends the loop. Carried values may change their shape. Scan outputs are stacked along
 * a new axis 0 (OP-Loop-D1); of no iteration they have extent 0 there and the extents that body declares (OP-Loop-D2).
 * Source: ONNX operator text of opset 13, 16, 19, 21, 23, 24, 25.
 */
public final class Loop implements ControlFlow {
    @Override
    public Signature signature(int opset) {
        return Signature.of("M?:int64 cond?:bool v_initial+0:V -> v_final_and_scan_outputs+:V")
                .kind("V", Kinds.carried(opset))
                .required("body", AttributeType.GRAPH);
    }

    @Override
    public List<Type> bodyInputs(String attribute, List<Optional<Type>> given, Attributes node) {
        return Stream.concat(
                        Stream.of(Type.tensor(ElementType.INT64), Type.tensor(ElementType.BOOL)),
                        given.stream().skip(2).map(Optional::orElseThrow))
                .toList();
    }

    @Override
    public List<Type> outputs(Map<String, List<Type>> bodies, List<Optional<Type>> given, Attributes node) {
        List<Type> body = Objects.requireNonNull(bodies.get("body"));
        List<Type> inputs = bodyInputs("body", given, node);
        int carried = inputs.size() - 2;
        if (body.size() < 1 + carried || !body.subList(0, 1 + carried).equals(inputs.subList(1, inputs.size()))) {
            throw node.refusal("its body does not give the condition and values of the types that it takes");
        }
        if (!body.stream().skip(1L + carried).allMatch(Type.Tensor.class::isInstance)) {
            throw node.refusal("a scan output is no tensor");
        }
        return body.subList(1, body.size());
    }

    @Override
    public List<Datum> evaluate(Call call) {
        Body body = call.body("body");
        long most = call.has(0) ? single(call) : Long.MAX_VALUE;
        boolean more = !call.has(1) || If.truth(call, call.input(1));
        List<Datum> carried = new ArrayList<>();
        for (int i = 2; i < call.inputs(); i++) {
            carried.add(call.datum(i));
        }
        int kept = carried.size();
        List<Gathered> scans = new ArrayList<>();
        for (int k = kept; k < call.outputs(); k++) {
            scans.add(new Gathered(call));
        }
        for (long i = 0; i < most && more; i++) {
            List<Datum> inputs = new ArrayList<>();
            inputs.add(Value.integers(Shape.SCALAR, i));
            inputs.add(Value.bools(Shape.SCALAR, new boolean[] {more}));
            inputs.addAll(carried);
            List<Datum> outputs = body.run(inputs);
            more = !call.has(1) || If.truth(call, (Value) outputs.get(0));
            carried = outputs.subList(1, 1 + kept);
            for (int k = 0; k < scans.size(); k++) {
                scans.get(k).add(outputs.get(1 + kept + k));
            }
        }
        List<Datum> results = new ArrayList<>(carried);
        for (int k = 0; k < scans.size(); k++) {
            int output = kept + k;
            results.add(scans.get(k).along(0, false, call.outputType(output), body.declaredShape(1 + output)));
        }
        return results;
    }

    private static long single(Call call) {
        if (call.input(0).size() != 1) {
            throw call.refusal("a trip count of shape " + call.input(0).shape());
        }
        return call.input(0).longs()[0];
    }
}
