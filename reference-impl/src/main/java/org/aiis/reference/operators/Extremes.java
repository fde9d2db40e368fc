package org.aiis.reference.operators;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;

/** Finds extreme elements by place, so that their bits are kept. A NaN beats every number, the first of several. */
public final class Extremes {
    private Extremes() {}

    /**
     * The place in x of the extreme of each run of {@code order}; runs are not empty.
     *
     * @param better relation in which a later element replaces an earlier one
     */
    public static int[] places(Arithmetic arithmetic, Relation better, Numbers x, int[] order, int[] starts) {
        int[] places = new int[starts.length - 1];
        for (int i = 0; i < places.length; i++) {
            int best = order[starts[i]];
            for (int k = starts[i] + 1; k < starts[i + 1]; k++) {
                if (replaces(arithmetic, better, x, order[k], best)) {
                    best = order[k];
                }
            }
            places[i] = best;
        }
        return places;
    }

    private static boolean replaces(Arithmetic arithmetic, Relation better, Numbers x, int next, int best) {
        if (arithmetic.holds(better, x, next, x, best)) {
            return true;
        }
        boolean nan = !arithmetic.holds(Relation.EQUAL, x, next, x, next);
        // After a NaN only a search for the last extreme, which equality satisfies, goes on.
        boolean last = better == Relation.GREATER_OR_EQUAL || better == Relation.LESS_OR_EQUAL;
        return nan && (last || arithmetic.holds(Relation.EQUAL, x, best, x, best));
    }
}
