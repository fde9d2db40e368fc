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
        WrongElements wrong = new WrongElements(got.size());
        String problem = "";
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
                if (reference.type().isFloat()) {
                    wrong.add(i, y, rounded, reference);
                } else {
                    wrong.addQuantised(i, got, reference.rounded());
                }
                problem = problem.isEmpty() ? message(output, got, reference, i, limit) : problem;
                continue;
            }
            worst = Math.max(worst, error / limit);
        }
        return problem.isEmpty()
                ? new Comparison("", worst, new TreeMap<>())
                : Comparison.wrong(problem, wrong.patterns());
    }

    private static String message(String output, Tensor got, Reference.Value reference, int i, double limit) {
        return String.format(
                Locale.ROOT,
                "%s = %s, reference %s, %s before it is rounded, allowed %s",
                Place.of(output, got.shape(), i),
                got.element(i),
                reference.rounded().element(i),
                reference.real(i),
                reference.sigma(i) == 0 ? "exact" : limit + " from there");
    }

    private static double step(ElementType type, double r) {
        return type.isFloat() ? type.format().ulp(r) : 1;
    }
}
