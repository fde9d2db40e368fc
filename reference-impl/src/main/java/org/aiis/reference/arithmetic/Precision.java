package org.aiis.reference.arithmetic;

import java.util.Set;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.FloatFormat;

/**
 * How precisely a right implementation calculates dot products of a type: clauses 4.3.4 and 4.4 of the standard.
 *
 * @param products roundoff of a product with what happens to its factors
 * @param sums roundoff of a partial sum
 * @param least what a product or partial sum other than zero counts as at least
 * @param truncated whether partial sums are cut off rather than rounded, so that their errors add up
 * @param transformed roundoff relative to the norms of both operands, 0 where none are transformed
 */
record Precision(double products, double sums, double least, boolean truncated, double transformed) {
    /** Of the experiment named in clause 4.3.7. */
    private static final double WINOGRAD = 8;

    private static final double FFT = 4;

    /** Sums of types narrower than float32 run in float32 unless a mode says otherwise. */
    static Precision of(FloatFormat format, Set<PrecisionMode> modes) {
        boolean narrow = format.fractionBits() < FloatFormat.BINARY32.fractionBits();
        boolean narrowSums = format.equals(FloatFormat.BINARY16) && modes.contains(PrecisionMode.FLOAT16_ACCUMULATOR);
        FloatFormat accumulator = narrow && !narrowSums ? FloatFormat.BINARY32 : format;
        double u = accumulator.unitRoundoff();
        double products = u;
        double sums = u;
        if (format.equals(FloatFormat.BINARY32)) {
            if (modes.contains(PrecisionMode.THREE_PIECES)) {
                products = 2 * u;
                sums = 3 * u;
            }
            if (modes.contains(PrecisionMode.TWO_PIECES)) {
                products = 0x1p-15;
            }
            if (modes.contains(PrecisionMode.TF32)) {
                products = Math.sqrt(2) * 0x1p-11;
            }
        }
        double transformed = Math.max(
                modes.contains(PrecisionMode.WINOGRAD) ? WINOGRAD : 0, modes.contains(PrecisionMode.FFT) ? FFT : 0);
        return new Precision(
                products,
                sums,
                accumulator.smallestNormal(),
                modes.contains(PrecisionMode.TRUNCATED_SUMS),
                transformed * u);
    }
}
