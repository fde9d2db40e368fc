package org.aiis.reference.operators.control;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.ControlFlow;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Value;

/**
 * What then_branch gives where cond is true, else what else_branch gives; the other one does not run.
 *
 * <p>cond holds one element. Both graphs have no input and outputs of the same types, whose shapes may differ. Source:
 * ONNX operator text of opset 13, 16, 19, 21, 23, 24, 25.
 */
public final class If implements ControlFlow {
    @Override
    public Signature signature(int opset) {
        return Signature.of("cond:bool -> outputs+:V")
                .kind("V", Kinds.carried(opset))
                .required("then_branch", AttributeType.GRAPH)
                .required("else_branch", AttributeType.GRAPH);
    }

    @Override
    public List<Type> bodyInputs(String attribute, List<Optional<Type>> given, Attributes node) {
        return List.of();
    }

    @Override
    public List<Type> outputs(Map<String, List<Type>> bodies, List<Optional<Type>> given, Attributes node) {
        List<Type> then = Objects.requireNonNull(bodies.get("then_branch"));
        if (!then.equals(bodies.get("else_branch"))) {
            throw node.refusal("its branches give other types or numbers of outputs than each other");
        }
        return then;
    }

    @Override
    public List<Datum> evaluate(Call call) {
        return call.body(truth(call, call.input(0)) ? "then_branch" : "else_branch")
                .run(List.of());
    }

    static boolean truth(Call call, Value condition) {
        if (condition.size() != 1) {
            throw call.refusal("a condition of shape " + condition.shape());
        }
        return condition.longs()[0] != 0;
    }
}
