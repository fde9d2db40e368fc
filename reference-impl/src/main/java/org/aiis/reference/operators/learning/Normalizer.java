package org.aiis.reference.operators.learning;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Each row of X, [N, C] or [C], divided by its largest element, by the sum of its magnitudes, or by the root of its sum of
 * squares, as float32; a row whose divisor is 0 stays as it is.
 *
 * <p>For rows without negative elements the formulas of the text; for others OP-Normalizer-D1. Source: ONNX operator text
 * of ai.onnx.ml 1.
 */
public final class Normalizer implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:float32")
                .type("T", Features.NUMBERS)
                .words(Attribute.of("norm", "MAX"), "MAX", "L1", "L2");
    }

    @Override
    public List<Value> evaluate(Call call) {
        Features rows = Features.of(call);
        Formula f = Features.formula(call);
        Numbers x = rows.values();
        int width = rows.features();
        if (x.size() == 0) {
            return List.of(Value.of(ElementType.FLOAT32, call.input(0).shape(), x));
        }
        int[] runs = Arithmetic.equalRuns(rows.samples(), width);
        int[] identity = new int[x.size()];
        int[] row = new int[x.size()];
        Arrays.setAll(identity, i -> i);
        Arrays.setAll(row, i -> i / width);
        Numbers divisors =
                switch (call.attributes().word("norm")) {
                    case "MAX" -> x.gather(Extremes.places(f.arithmetic(), Relation.GREATER, x, identity, runs));
                    case "L1" -> f.arithmetic().sums(f.of(Unary.ABS, x), runs);
                    default -> f.of(Unary.SQRT, f.arithmetic().sums(f.times(x, x), runs));
                };
        Numbers all = divisors.gather(row);
        boolean[] zero = new boolean[x.size()];
        for (int i = 0; i < zero.length; i++) {
            zero[i] = ((Reals) all).hi(i) == 0;
        }
        return List.of(Value.of(ElementType.FLOAT32, call.input(0).shape(), Formula.where(zero, x, f.over(x, all))));
    }
}
