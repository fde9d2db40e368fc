package org.aiis.report.diff;

import java.util.Optional;

/**
 * A case that gave other numbers.
 *
 * @param apart how far they are from those before
 * @param limits the largest difference in units of what the standard allows a right implementation there; empty where it allows
 *     nothing, where the oracle does not judge the case, or where this release does not have it
 * @param digestsOnly whether an output differs of which only the digest was kept
 * @param errorBefore largest error against the oracle in units of its limit, as the judge found it before
 * @param errorNow the same now
 */
public record Moved(
        String id,
        Optional<Apart> apart,
        Optional<Double> limits,
        boolean digestsOnly,
        Optional<Double> errorBefore,
        Optional<Double> errorNow) {
    /** For sorting: what is not known comes last, what is no number first. */
    double far() {
        return apart.filter(a -> a.special() > 0 || !a.unlike().isEmpty())
                .map(a -> Double.MAX_VALUE)
                .orElse(limits.orElse(0.0));
    }

    String unit() {
        return apart.map(Apart::unit).orElse("");
    }

    double steps() {
        return apart.map(Apart::steps).orElse(0.0);
    }
}
