package org.aiis.reference.operators.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * One step of an optimizer: inputs R, T, then all tensors to optimize, all their gradients, and each kind of state; outputs
 * all new tensors, then each kind of new state. Shapes of a tensor, its gradient and its states are equal.
 */
final class Step {
    /** The new tensor and its new states, from the tensor, its gradient and its states. */
    interface Rule {
        List<Numbers> next(Formula f, List<Numbers> given);
    }

    private static final int FIRST = 2;

    private Step() {}

    static Signature signature() {
        return Signature.of("R:T1 T:T2 inputs*:T3 -> outputs*:T3")
                .type("T1", Types.set(ElementType.FLOAT32, ElementType.FLOAT64))
                .type("T2", Types.set(ElementType.INT64))
                .type("T3", Types.set(ElementType.FLOAT32, ElementType.FLOAT64));
    }

    static double rate(Call call) {
        return scalar(call, 0).reals().hi(0);
    }

    static long count(Call call) {
        return scalar(call, 1).longs()[0];
    }

    private static Value scalar(Call call, int input) {
        Value value = call.input(input);
        if (value.size() != 1) {
            throw call.refusal("input " + input + " has shape " + value.shape() + ", must be a scalar");
        }
        return value;
    }

    /** Each tensor with its gradient and its states: {@code kinds} inputs and {@code kinds − 1} outputs for each. */
    static List<Value> all(Call call, int kinds, Rule rule) {
        int count = (call.inputs() - FIRST) / kinds;
        if (call.inputs() - FIRST != count * kinds) {
            throw call.refusal(call.inputs() - FIRST + " tensors are no multiple of " + kinds);
        }
        List<Value> results = new ArrayList<>(Collections.nCopies(count * (kinds - 1), call.input(FIRST)));
        for (int i = 0; i < count; i++) {
            Value x = call.input(FIRST + i);
            List<Numbers> given = new ArrayList<>();
            for (int kind = 0; kind < kinds; kind++) {
                Value one = call.input(FIRST + kind * count + i);
                if (!one.shape().equals(x.shape())) {
                    throw call.refusal("shapes " + x.shape() + " and " + one.shape() + " are unequal");
                }
                given.add(one.numbers());
            }
            call.spend(x.size() * 16L);
            List<Numbers> next = rule.next(new Formula(call.arithmetic(x.type())), given);
            for (int kind = 0; kind < next.size(); kind++) {
                results.set(kind * count + i, Value.of(x.type(), x.shape(), next.get(kind)));
            }
        }
        return results;
    }

    /** The gradient of the tensor with that of its penalty: norm_coefficient · X + G. */
    static Numbers regularized(Call call, Formula f, List<Numbers> given) {
        double factor = call.attributes().real("norm_coefficient");
        return factor == 0 ? given.get(1) : f.plus(f.times(given.get(0), factor), given.get(1));
    }
}
