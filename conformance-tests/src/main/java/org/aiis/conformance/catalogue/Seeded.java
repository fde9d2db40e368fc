package org.aiis.conformance.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.aiis.spec.tensor.Bytes;

/**
 * Numbers that follow from a word alone, on every machine: SplitMix64 (Steele, Lea, Flood 2014) from the first eight bytes
 * of the word's SHA-256.
 */
public final class Seeded {
    private long state;

    private Seeded(long state) {
        this.state = state;
    }

    public static Seeded by(String word) {
        return new Seeded(ByteBuffer.wrap(Bytes.newSha256().digest(word.getBytes(StandardCharsets.UTF_8)))
                .getLong());
    }

    public long bits() {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Uniform in [0, 1). */
    public double unit() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** Uniform in [low, high). */
    public double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Uniform in low … high, both included; the bias of the remainder is below 2^-31 for the ranges used. */
    public long integer(long low, long high) {
        return low + Long.remainderUnsigned(bits(), high - low + 1);
    }

    public boolean coin() {
        return bits() < 0;
    }
}
