package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Datum;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;

/** A node that calls a function of the model: it runs the body on the inputs that it is given. */
record FunctionCall() implements Operator {
    static final String BODY = "body";

    @Override
    public Signature signature(int opset) {
        return Signature.of(" -> ");
    }

    @Override
    public List<Datum> evaluate(Call call) {
        List<Datum> given = new ArrayList<>();
        for (int i = 0; i < call.inputs(); i++) {
            if (call.has(i)) {
                given.add(call.datum(i));
            }
        }
        return call.body(BODY).run(given);
    }
}
