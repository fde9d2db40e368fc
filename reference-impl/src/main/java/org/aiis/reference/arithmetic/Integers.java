package org.aiis.reference.arithmetic;

import java.util.List;

/** Integers and bools as the bits of a long, each already wrapped into its type; uint64 uses all 64 bits. */
public final class Integers implements Numbers {
    final long[] values;

    private Integers(long[] values) {
        this.values = values;
    }

    /** Takes the array over: the caller must not write to it afterwards. */
    public static Integers own(long[] values) {
        return new Integers(values);
    }

    public long at(int i) {
        return values[i];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Integers gather(int[] at) {
        long[] picked = new long[at.length];
        for (int i = 0; i < at.length; i++) {
            picked[i] = values[at[i]];
        }
        return own(picked);
    }

    static Integers joined(List<Integers> parts) {
        long[] all = new long[parts.stream().mapToInt(Integers::size).sum()];
        int done = 0;
        for (Integers part : parts) {
            System.arraycopy(part.values, 0, all, done, part.size());
            done += part.size();
        }
        return own(all);
    }
}
