package org.aiis.reference.operators.signal;

import org.aiis.reference.operators.Call;

/** Inputs that hold one number. */
final class Scalars {
    private Scalars() {}

    static long integer(Call call, int input) {
        check(call, input);
        return call.input(input).longs()[0];
    }

    static double real(Call call, int input) {
        check(call, input);
        return call.input(input).reals().hi(0);
    }

    private static void check(Call call, int input) {
        if (call.input(input).size() != 1 || call.input(input).shape().rank() > 1) {
            throw call.refusal(
                    "input " + input + " has shape " + call.input(input).shape() + ", must be a scalar");
        }
    }
}
