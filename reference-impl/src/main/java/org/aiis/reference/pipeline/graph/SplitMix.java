package org.aiis.reference.pipeline.graph;

import java.util.stream.IntStream;

/**
 * Numbers from a seed, the same on every platform: SplitMix64 of Steele, Lea and Flood, "Fast Splittable Pseudorandom
 * Number Generators" (2014), with the constants of its published C version. Not safe for several threads.
 */
public final class SplitMix {
    private long state;

    public SplitMix(long seed) {
        state = seed;
    }

    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Uniform in [0, 1), 53 bits. */
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    public double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** Uniform in 0 to {@code bound} − 1. The bias of a bound below 2^31 is under 2^-32. */
    public int below(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, 2L * bound);
    }

    /** The numbers 0 to n − 1 in a random order (Fisher and Yates, as Durstenfeld wrote it). */
    public int[] permutation(int n) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = below(i + 1);
            int other = order[j];
            order[j] = order[i];
            order[i] = other;
        }
        return order;
    }
}
