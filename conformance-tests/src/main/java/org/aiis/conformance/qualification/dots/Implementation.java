package org.aiis.conformance.qualification.dots;

import java.util.Set;
import java.util.function.Function;
import org.aiis.spec.standard.PrecisionMode;

/**
 * A way to calculate all dot products of a problem.
 *
 * @param modes what it has to claim
 * @param outputs one for each row and column; an empty array where it does not do such a problem
 */
record Implementation(String name, Set<PrecisionMode> modes, Function<Problem, double[]> outputs) {
    Implementation {
        modes = Set.copyOf(modes);
    }
}
