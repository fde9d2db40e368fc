package org.aiis.reference.operators.generation;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * ½ − ½·cos(2πn/N) for n from 0 to below size, with N = size, or size − 1 where periodic is 0.
 *
 * <p>Reference and σ as Cosines says. Source: ONNX operator text of opset 17.
 */
public final class HannWindow implements Operator {
    private static final double[] WEIGHTS = {0.5, 0.5, 0};

    @Override
    public Signature signature(int opset) {
        return Cosines.signature();
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Cosines.window(call, WEIGHTS));
    }
}
