package org.aiis.conformance.judge;

import java.util.Locale;
import java.util.TreeMap;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * Integers at the end of a whole model, clause 4.3.6: equal to the reference where all evaluations rounded at random agree, and
 * within so many spreads of it where they do not, as behind a Round or a quantisation.
 */
final class SpreadComparison {
    private SpreadComparison() {}

    static Comparison compare(String output, Tensor got, Reference.Value reference) {
        Tensor expected = reference.rounded();
        WrongElements wrong = new WrongElements(got.size());
        double worst = 0;
        String problem = "";
        for (int i = 0; i < got.size(); i++) {
            if (got.integer(i) == expected.integer(i)) {
                continue;
            }
            double limit = RunningErrorBound.SPREADS * reference.sigma(i);
            double error = Math.abs(got.real(i) - expected.real(i));
            if (error <= limit) {
                worst = Math.max(worst, error / limit);
                continue;
            }
            wrong.addQuantised(i, got, expected);
            problem = problem.isEmpty()
                    ? String.format(
                            Locale.ROOT,
                            "%s = %s, reference %s, allowed %s",
                            Place.of(output, got.shape(), i),
                            got.element(i),
                            expected.element(i),
                            limit == 0 ? "exact" : limit + " from there")
                    : problem;
        }
        return problem.isEmpty()
                ? new Comparison("", worst, new TreeMap<>())
                : Comparison.wrong(problem, wrong.patterns());
    }
}
