package org.aiis.conformance.qualification.dots;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aiis.conformance.judge.DotStatistics;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Tensor;

/**
 * One problem given to all implementations and all criteria.
 *
 * @param correct what became of right implementations
 * @param defects what became of defects that change an output by more than every right implementation does
 * @param inapplicable names of the others
 */
record Trial(List<Judged> correct, List<Judged> defects, List<String> inapplicable) {
    /**
     * What became of one implementation.
     *
     * @param shares errors in units of their limit, by criterion
     * @param exponent how close it came to our limits by chance; 0 where they are not all in force
     */
    record Judged(String name, boolean claimed, Map<Criterion, Double> shares, double exponent) {
        boolean rejected(Criterion criterion) {
            return share(criterion) > 1;
        }

        double share(Criterion criterion) {
            return java.util.Objects.requireNonNull(shares.get(criterion));
        }
    }

    static Trial of(Problem p, List<Implementation> panel, List<Implementation> defects) {
        Map<Set<PrecisionMode>, Value> references = new HashMap<>();
        Value plain = references.computeIfAbsent(Set.of(), p::reference);
        List<Judged> correct = new ArrayList<>();
        double[] spread = new double[2];
        for (Implementation right : panel) {
            double[] y = right.outputs().apply(p);
            if (y.length > 0) {
                Value reference = references.computeIfAbsent(right.modes(), p::reference);
                correct.add(judged(right, p, reference, y));
                if (right.modes().isEmpty()) {
                    double[] change = change(plain, y);
                    spread[0] = Math.max(spread[0], change[0]);
                    spread[1] = Math.max(spread[1], change[1]);
                }
            }
        }
        List<Judged> wrong = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Implementation defect : defects) {
            double[] y = p.taps() == 0 ? defect.outputs().apply(p) : new double[0];
            if (y.length > 0) {
                double[] change = change(plain, y);
                if (change[0] > spread[0] || change[1] > spread[1]) {
                    wrong.add(judged(defect, p, plain, y));
                } else {
                    without.add(defect.name());
                }
            }
        }
        return new Trial(correct, wrong, without);
    }

    /** The largest error in units of u·(|A||B|), TOSA's, and of σ, ours. */
    private static double[] change(Value reference, double[] y) {
        double[] largest = new double[2];
        for (int i = 0; i < y.length; i++) {
            double error = Math.abs(reference.error(y, i));
            double byMagnitude = error == 0 ? 0 : error / reference.magnitude(i);
            double bySigma = error == 0 ? 0 : error / reference.sigma(i);
            largest[0] = Math.max(largest[0], Double.isNaN(byMagnitude) ? Double.POSITIVE_INFINITY : byMagnitude);
            largest[1] = Math.max(largest[1], Double.isNaN(bySigma) ? Double.POSITIVE_INFINITY : bySigma);
        }
        return largest;
    }

    private static Judged judged(Implementation way, Problem p, Value reference, double[] y) {
        Map<Criterion, Double> shares = new EnumMap<>(Criterion.class);
        double u = Criterion.roundoff(p, way.modes());
        boolean independent = way.modes().stream().allMatch(PrecisionMode::independent);
        for (Criterion criterion : Criterion.values()) {
            shares.put(criterion, criterion.share(p, reference, y, u, independent));
        }
        double exponent =
                independent ? DotStatistics.exponent(Tensor.ofReals(p.type(), reference.shape(), y), reference) : 0;
        return new Judged(way.name(), !way.modes().isEmpty(), shares, exponent);
    }
}
