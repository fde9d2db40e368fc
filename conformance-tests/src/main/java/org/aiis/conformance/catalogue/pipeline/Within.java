package org.aiis.conformance.catalogue.pipeline;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;

/** Collects how far numbers lie from their references in units of their limits, and keeps the worst. */
final class Within {
    private double worst;
    private String place = "";

    /** Takes a number; {@code what} names it. A NaN is infinitely far. */
    Within number(String what, double got, double reference, double limit) {
        double distance = Math.abs(got - reference);
        double error = distance == 0 ? 0 : distance / limit;
        if (!(error <= worst)) {
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
            place = String.format(
                    Locale.ROOT, "%s = %s, reference %s, %.3g of the limit %.3g", what, got, reference, worst, limit);
        }
        return this;
    }

    /** Takes each element of a tensor, its limit given by place. */
    Within tensor(String what, Tensor got, IntToDoubleFunction reference, IntToDoubleFunction limit) {
        for (int i = 0; i < got.size(); i++) {
            number(what + "[" + i + "]", got.real(i), reference.applyAsDouble(i), limit.applyAsDouble(i));
        }
        return this;
    }

    /** Norm of the difference of a part of two vectors against a share of the reference's norm. */
    Within norm(String what, Tensor got, double[] reference, int from, int to, double share) {
        double difference = 0;
        double size = 0;
        for (int i = from; i < to; i++) {
            difference += square(got.real(i) - reference[i]);
            size += square(reference[i]);
        }
        return number(
                "norm of the difference of " + what, StrictMath.sqrt(difference), 0, share * StrictMath.sqrt(size));
    }

    /** PASS with the worst error, or FAIL with its place. */
    Finding finding() {
        Finding finding = worst <= 1 ? Finding.pass().saying(place) : Finding.fail("behaviour", place);
        return finding.withWorst(worst);
    }

    private static double square(double x) {
        return x * x;
    }
}
