package org.aiis.conformance.vectors;

import org.aiis.spec.codec.InputException;

/** The bytes that one data set, or one model, may still take in memory: small files can name the same large one again and again. */
final class Room {
    /** A worker is shown the model and the inputs in one piece each, and the suite holds a few copies of them. */
    private static final int DATA_SET = 256 << 20;

    /** Of a model that somebody brings, without what stays in files: the worker protocol's frames hold 512 MiB. */
    static final int MODEL = 500 << 20;

    private static final String WHY =
            "of a model, what is no initializer stays in memory; keep constants as initializers, and their data in files beside the model";

    private final String what;
    private final String why;
    private final int most;
    private long left;

    private Room(String what, String why, int most) {
        this.what = what;
        this.why = why;
        this.most = most;
        this.left = most;
    }

    Room() {
        this("the data set", "", DATA_SET);
    }

    static Room ofModel() {
        return new Room("the model", WHY, MODEL);
    }

    /** The most that one piece can be. */
    int most() {
        return most;
    }

    void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw InputException.of(what + " takes more than " + (most >> 20) + " MiB", why);
        }
    }
}
