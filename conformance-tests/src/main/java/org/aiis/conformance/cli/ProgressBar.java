package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.aiis.conformance.run.Progress;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/**
 * Progress on standard error: a line that rewrites itself on a terminal, a line every few seconds elsewhere. Says nothing
 * about stages that are over within two seconds.
 */
final class ProgressBar implements Progress, AutoCloseable {
    private static final long QUIET_NANOS = 2_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean silent;
    private String stage = "";
    private int units;
    private int done;
    private int failed;
    private long started;
    private long shown;
    private boolean drawn;

    ProgressBar(PrintWriter err, boolean terminal, boolean silent) {
        this.err = err;
        this.terminal = terminal;
        this.silent = silent;
    }

    @Override
    public synchronized void stage(String name, int count) {
        clear();
        stage = name;
        units = count;
        done = 0;
        started = System.nanoTime();
        shown = started;
    }

    @Override
    public synchronized void done(TestCase testCase, Finding finding) {
        if (finding.verdict().compareTo(Verdict.FAIL) >= 0) {
            failed++;
        }
        tick();
    }

    @Override
    public synchronized void tick() {
        done++;
        long now = System.nanoTime();
        if (silent || now - started < (terminal ? QUIET_NANOS / 4 : QUIET_NANOS)) {
            return;
        }
        if (now - shown > (terminal ? 100_000_000L : 5_000_000_000L)) {
            shown = now;
            draw(now);
        }
    }

    private void draw(long now) {
        double seconds = (now - started) / 1e9;
        double rate = done / seconds;
        StringBuilder line = new StringBuilder();
        if (units > 0) {
            int filled = Math.min(24, 24 * done / units);
            line.append(stage)
                    .append(" [")
                    .append("#".repeat(filled))
                    .append("·".repeat(24 - filled))
                    .append(String.format(Locale.ROOT, "] %d/%d  %.0f/s", done, units, rate))
                    .append(String.format(Locale.ROOT, "  %.0f s left", (units - done) / Math.max(rate, 1e-9)));
        } else {
            line.append(String.format(Locale.ROOT, "%s  %d  %.0f/s", stage, done, rate));
        }
        if (failed > 0) {
            line.append("  ").append(failed).append(" failed");
        }
        if (terminal) {
            err.print("\r\u001b[K" + line);
            drawn = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    private void clear() {
        if (drawn) {
            err.print("\r\u001b[K");
            err.flush();
            drawn = false;
        }
    }

    @Override
    public synchronized void close() {
        clear();
    }
}
