package org.aiis.conformance.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last 64 KiB of what a process says on standard error, drained by a thread so that a flood never blocks it. */
final class Tail {
    private static final int KEPT = 64 << 10;

    private final byte[] ring = new byte[KEPT];
    private long written;
    private final Thread drain;

    Tail(InputStream stderr) {
        drain = new Thread(() -> drain(stderr), "worker-stderr");
        drain.setDaemon(true);
        drain.start();
    }

    private void drain(InputStream stderr) {
        byte[] buffer = new byte[8192];
        try (stderr) {
            for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException e) {
            append("[standard error was cut off]".getBytes(StandardCharsets.UTF_8), 28);
        }
    }

    private synchronized void append(byte[] bytes, int n) {
        for (int i = 0; i < n; i++) {
            ring[(int) (written++ % KEPT)] = bytes[i];
        }
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
