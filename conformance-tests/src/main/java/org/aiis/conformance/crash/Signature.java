package org.aiis.conformance.crash;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.spec.testing.Observation;

/**
 * What makes two deaths the same: the signal or exit status, and the place where it happened.
 *
 * @param cause {@code SIGSEGV}, {@code exit 134 (128 + SIGABRT)}, {@code no answer at load}
 * @param frame the top frame, {@code libonnxruntime.so+0x6c5e23}; else the last words on standard error; empty for a hang
 */
public record Signature(String cause, String frame) implements Comparable<Signature> {
    /** The frame of a hotspot error file: {@code # C  [libonnxruntime.so+0x6c5e23]  symbol+0x12}. */
    private static final Pattern FRAME = Pattern.compile("# Problematic frame:\\R# \\S+ +(?:\\[([^\\]]+)\\]|(.*))");

    private static final int LONGEST = 120;

    /** The first death or hang of an observation. */
    public static Optional<Signature> of(Observation observation) {
        if (observation instanceof Observation.Crashed crashed) {
            return Optional.of(new Signature(crashed.cause(), frame(crashed.detail())));
        } else if (observation instanceof Observation.TimedOut hung) {
            return Optional.of(
                    new Signature("no answer at " + hung.phase().name().toLowerCase(java.util.Locale.ROOT), ""));
        } else if (observation instanceof Observation.Twins twins) {
            return of(twins.valid()).or(() -> of(twins.broken()));
        } else if (observation instanceof Observation.Transcript transcript) {
            return transcript.steps().stream().flatMap(s -> of(s).stream()).findFirst();
        }
        return Optional.empty();
    }

    private static String frame(String detail) {
        Matcher m = FRAME.matcher(detail);
        if (m.find()) {
            return (m.group(1) == null ? m.group(2) : m.group(1)).strip();
        }
        List<String> said = detail.lines().filter(l -> !l.isBlank()).toList();
        String last = said.isEmpty() ? "" : said.get(said.size() - 1).strip();
        return last.substring(0, Math.min(last.length(), LONGEST));
    }

    @Override
    public int compareTo(Signature other) {
        int byCause = cause.compareTo(other.cause);
        return byCause != 0 ? byCause : frame.compareTo(other.frame);
    }

    @Override
    public String toString() {
        return frame.isEmpty() ? cause : cause + " in " + frame;
    }
}
