package org.aiis.reference.operators.signal;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;

/**
 * Fourier transforms of many signals of one length at once, as the sums that define them.
 *
 * @param length of each signal, behind which it goes on with zeros
 * @param inverse with the other sign of the angle, and divided by the number of points
 */
record Transform(Call call, Arithmetic arithmetic, int length, boolean inverse) {
    /** A quarter of what the narrowest type with infinities holds. */
    private static final double LARGE_NORM = 0x1p14;

    /** Places of one signal's elements; −1 where there is none. */
    interface Signal {
        int real(int signal, int n);

        int imaginary(int signal, int n);

        /** The element that stands for another one; a spectrum that is given by half is read backwards behind it. */
        default int standing(int n) {
            return n;
        }
    }

    /**
     * The real or the imaginary part of the bins from 0 on: Σ re·cos + im·sin, or Σ im·cos − re·sin; for the inverse the
     * sign of the sine is the other one.
     */
    Numbers part(Numbers x, Signal places, int signals, int bins, boolean imaginary) {
        int results = call.shape(signals, bins).size();
        int most = call.shape(results, 2L * length).size();
        int[] terms = new int[most];
        int[] factors = new int[most];
        int[] starts = new int[results + 1];
        int count = 0;
        for (int i = 0; i < results; i++) {
            for (int all = 0; all < length; all++) {
                int n = places.standing(all);
                int turn = (int) ((long) n * (i % bins) % length);
                int real = places.real(i / bins, n);
                int other = places.imaginary(i / bins, n);
                if (real >= 0) {
                    terms[count] = real;
                    factors[count++] = imaginary ? 2 * length + turn : turn;
                }
                if (other >= 0) {
                    terms[count] = other;
                    factors[count++] = imaginary ? turn : length + turn;
                }
            }
            starts[i + 1] = count;
        }
        Numbers cosines = Spectrum.factors(arithmetic, length, false);
        Numbers sines = Spectrum.factors(arithmetic, length, true);
        Numbers opposite = arithmetic.unary(Unary.NEG, sines);
        Numbers factor = Numbers.join(List.of(cosines, inverse ? opposite : sines, inverse ? sines : opposite));
        Numbers products = arithmetic.binary(
                Binary.MUL, factor.gather(Arrays.copyOf(factors, count)), x.gather(Arrays.copyOf(terms, count)));
        Numbers sums =
                arithmetic.binary(Binary.ADD, arithmetic.sums(products, starts), noise(x, places, signals, bins));
        return inverse ? arithmetic.binary(Binary.DIV, sums, arithmetic.constant(length, results)) : sums;
    }

    /**
     * Zeros with what a fast transform may err in each bin, whatever that bin holds: u·‖x‖·√L, where L is 3·⌈log2 4n⌉, the
     * stages of the three transforms of up to four times the length that Bluestein's algorithm makes of one. Errors of a
     * stage are u relative to ‖x‖ and independent (Schatzman 1996; Higham 2002, chapter 24).
     */
    private Numbers noise(Numbers x, Signal places, int signals, int bins) {
        double[] norms = new double[signals];
        double stages = 3 * Math.ceil(StrictMath.log(4.0 * length) / StrictMath.log(2) - 1e-9);
        for (int i = 0; i < signals; i++) {
            double squares = 0;
            for (int all = 0; all < length; all++) {
                squares += square(x, places.real(i, places.standing(all)));
                squares += square(x, places.imaginary(i, places.standing(all)));
            }
            // A single rounding has a sigma of u / √3.
            norms[i] = Double.isFinite(squares) ? StrictMath.sqrt(3 * stages * squares) : 0;
        }
        // A norm may lie beyond the type where no bin does: brought back by a power of two, which rounds nothing.
        double[] powers = new double[signals];
        for (int i = 0; i < signals; i++) {
            powers[i] = norms[i] > LARGE_NORM ? 256 : 1;
            norms[i] /= powers[i];
        }
        Numbers rounded = arithmetic.unary(Unary.STORED, Reals.own(norms));
        int[] owner = new int[signals * bins];
        Arrays.setAll(owner, i -> i / bins);
        Numbers error = arithmetic.binary(Binary.SUB, rounded, ((Reals) rounded).withoutErrors());
        return arithmetic.binary(Binary.MUL, error, Reals.own(powers)).gather(owner);
    }

    private static double square(Numbers x, int place) {
        return place < 0 ? 0 : ((Reals) x).hi(place) * ((Reals) x).hi(place);
    }

    /** Real and imaginary parts side by side, as ONNX stores complex numbers. */
    static Numbers interleaved(Numbers real, Numbers imaginary) {
        int[] at = new int[2 * real.size()];
        Arrays.setAll(at, i -> i % 2 * real.size() + i / 2);
        return Numbers.join(List.of(real, imaginary)).gather(at);
    }
}
