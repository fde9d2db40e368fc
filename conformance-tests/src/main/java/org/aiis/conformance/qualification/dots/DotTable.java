package org.aiis.conformance.qualification.dots;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.aiis.spec.codec.Codec;

/**
 * What the experiment gave.
 *
 * @param problems problems, each given to every implementation and criterion
 * @param criteria a line a criterion, ours first
 * @param right a line a right implementation
 * @param defects a line a defect
 * @param falseFail the risk that a right implementation fails a run
 */
public record DotTable(
        String size, int problems, List<Line> criteria, List<Right> right, List<Defect> defects, FalseFail falseFail) {
    public DotTable {
        criteria = List.copyOf(criteria);
        right = List.copyOf(right);
        defects = List.copyOf(defects);
    }

    /**
     * A criterion.
     *
     * @param published whether it stands in a published specification or suite
     * @param correct tensors of right implementations that claim nothing, and how many of them it rejects
     * @param claimed tensors of right implementations under the mode that they claim, and how many of them it rejects
     * @param defective tensors of applicable defects, and how many of them it misses
     */
    public record Line(String criterion, boolean published, Count correct, Count claimed, Count defective) {}

    /** So many of so many. */
    public record Count(int hits, int of) {
        public double percent() {
            return of == 0 ? 0 : 100.0 * hits / of;
        }
    }

    /** How near a right implementation came to our limits: the largest share, which is 1 where the last rounding is a tie. */
    public record Right(String implementation, List<String> claims, int tensors, double largest) {
        public Right {
            claims = List.copyOf(claims);
        }
    }

    /** A defect: where it shows, where it does not, where we miss it. */
    public record Defect(String defect, int applicable, int inapplicable, int missed) {}

    /**
     * The risk of a false FAIL in a run.
     *
     * @param tensors dot products' tensors judged in a run
     * @param derived upper bound from the limits' own terms: independent sub-Gaussian errors
     * @param measured 95 % upper bound from the tail of the implementation that comes nearest
     * @param nearest that implementation
     * @param scale upper bound on the scale of its tail: 1 or less where the limits' terms hold
     * @param shape shape of its tail: above 0 it would be heavier than assumed
     * @param shapeError standard error of the shape
     * @param largest largest exponent reached by any
     * @param limit exponent of the limits
     */
    public record FalseFail(
            int tensors,
            double derived,
            double measured,
            String nearest,
            double scale,
            double shape,
            double shapeError,
            double largest,
            double limit) {}

    /** For machines: the same from the same data. */
    public String toJson() {
        return Codec.pretty(this);
    }

    public void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%d problems of size %s, all criteria on the same outputs%n%n", problems, size);
        out.printf("%-48s %17s %17s %17s%n", "criterion", "correct rejected", "claimed rejected", "defects missed");
        for (Line line : criteria) {
            out.printf(
                    Locale.ROOT,
                    "%-48s %15.3f %% %15.3f %% %15.3f %%%n",
                    line.criterion(),
                    line.correct().percent(),
                    line.claimed().percent(),
                    line.defective().percent());
        }
        Line ours = criteria.get(0);
        out.printf(
                "%-48s %17d %17d %17d%n%n",
                "tensors",
                ours.correct().of(),
                ours.claimed().of(),
                ours.defective().of());
        out.printf("%-48s %10s %12s %8s%n", "defect", "applicable", "inapplicable", "missed");
        for (Defect defect : defects) {
            out.printf(
                    "%-48s %10d %12d %8d%n",
                    defect.defect(), defect.applicable(), defect.inapplicable(), defect.missed());
        }
        out.printf("%n%-48s %10s %12s  %s%n", "right implementation", "tensors", "largest", "claims");
        for (Right line : right) {
            out.printf(
                    Locale.ROOT,
                    "%-48s %10d %12.3f  %s%n",
                    line.implementation(),
                    line.tensors(),
                    line.largest(),
                    String.join(", ", line.claims()));
        }
        out.printf(
                Locale.ROOT,
                "%nProbability of one false FAIL in a run of %,d tensors: at most %.2g %% by the limits' own terms;%n"
                        + "measured, 95 %% upper bound: %.2g %% (%s; scale of the tail at most %.2f, shape %.2f ± %.2f;%n"
                        + "largest exponent reached %.2f of %.0f)%n",
                falseFail.tensors(),
                100 * falseFail.derived(),
                100 * falseFail.measured(),
                falseFail.nearest(),
                falseFail.scale(),
                falseFail.shape(),
                falseFail.shapeError(),
                falseFail.largest(),
                falseFail.limit());
        out.flush();
    }
}
