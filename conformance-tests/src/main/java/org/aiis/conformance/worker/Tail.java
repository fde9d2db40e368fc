package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The last 64 KiB of what a process says on standard error, drained by a thread so that a flood never blocks it; whoever
 * says more in one step than a limit is reported.
 */
final class Tail {
    /** What a step may print: verbose providers print megabytes, and a flood costs a core as long as it lasts. */
    static final long MOST_MIB = 256;

    private static final int KEPT = 64 << 10;

    private final byte[] ring = new byte[KEPT];
    private long written;
    private final Runnable flooded;
    private final Thread drain;

    /** @param flooded called, again and again, while the limit of a step is passed */
    Tail(InputStream stderr, Runnable flooded) {
        this.flooded = flooded;
        drain = new Thread(() -> drain(stderr), "worker-stderr");
        drain.setDaemon(true);
        drain.start();
    }

    private void drain(InputStream stderr) {
        byte[] buffer = new byte[KEPT];
        try (stderr) {
            for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
                if (append(buffer, n) > MOST_MIB << 20) {
                    flooded.run();
                }
            }
        } catch (IOException e) {
            append("[standard error was cut off]".getBytes(StandardCharsets.UTF_8), 28);
        }
    }

    private synchronized long append(byte[] bytes, int n) {
        int at = (int) (written % KEPT);
        int first = Math.min(n, KEPT - at);
        System.arraycopy(bytes, 0, ring, at, first);
        System.arraycopy(bytes, first, ring, 0, n - first);
        return written += n;
    }

    /** Forgets what came so far: it belongs to an earlier step. */
    synchronized void clear() {
        written = 0;
    }

    /** What is kept, after the process has ended; waits a little for the rest to arrive. */
    String text() {
        try {
            drain.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return soFar();
    }

    /** What is kept now. */
    String soFar() {
        synchronized (this) {
            int size = (int) Math.min(written, KEPT);
            byte[] kept = new byte[size];
            for (int i = 0; i < size; i++) {
                kept[i] = ring[(int) ((written - size + i) % KEPT)];
            }
            return new String(kept, StandardCharsets.UTF_8);
        }
    }
}
