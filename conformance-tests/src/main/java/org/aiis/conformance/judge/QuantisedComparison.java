package org.aiis.conformance.judge;

import java.util.Locale;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * Elements of a quantised type, clause 4.3.6: the reference rounded, or where it carries a σ any element within half a step
 * and 6σ of it, so that the other side of a tie is accepted near the tie alone.
 */
final class QuantisedComparison {
    private static final double SIGMAS = 6;

    private QuantisedComparison() {}

    static Comparison compare(String output, Tensor got, Reference.Value reference) {
        double worst = 0;
        for (int i = 0; i < got.size(); i++) {
            double y = got.real(i);
            double rounded = reference.rounded().real(i);
            if (y == rounded || Double.isNaN(y) && Double.isNaN(rounded)) {
                continue;
            }
            double r = reference.real(i);
            double limit = step(reference.type(), r) / 2 + SIGMAS * reference.sigma(i);
            double error = Math.abs(y - r - reference.low(i));
            if (reference.sigma(i) == 0 || !(error <= limit)) {
                return Comparison.wrong(String.format(
                        Locale.ROOT,
                        "%s = %s, reference %s, %s before it is rounded, allowed %s",
                        Place.of(output, got.shape(), i),
                        got.element(i),
                        reference.rounded().element(i),
                        r,
                        reference.sigma(i) == 0 ? "exact" : limit + " from there"));
            }
            worst = Math.max(worst, error / limit);
        }
        return new Comparison("", worst, new TreeMap<>());
    }

    private static double step(ElementType type, double r) {
        return type.isFloat() ? type.format().ulp(r) : 1;
    }
}
