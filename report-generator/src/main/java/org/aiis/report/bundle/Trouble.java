package org.aiis.report.bundle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aiis.spec.testing.Observation;

/**
 * What made a system under test give no answer, so that two failures of one cause read alike: the signal and the frame it died
 * in, the code and the message of a refusal without the names, numbers and shapes in it.
 */
final class Trouble {
    private static final int LONGEST = 160;

    /** A frame as a JVM reports it: {@code # C  [libonnxruntime.so.1.29.0+0x12ab]  name+0x3f}. */
    private static final Pattern FRAME =
            Pattern.compile("(?m)^# Problematic frame.*\\R# \\w\\s+\\[([^\\]+]+)(\\+0x[0-9a-f]+)?\\]\\s*([^\\s(+]*)");

    /** Characters of a message that are read: a hostile name can be a message's, and the patterns below take its length squared. */
    private static final int READ = 1000;

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");

    private static final Pattern BRACKETED = Pattern.compile("[\\[({][^\\])}]*[\\])}]");

    private static final Pattern NUMBERED = Pattern.compile("\\S*[0-9/\\\\]\\S*");

    private static final Pattern TOUCHED = Pattern.compile("\\S*…\\S*");

    private static final Pattern REPEATED = Pattern.compile("(…[\\s,:;]*)+");

    private Trouble() {}

    /** In a few words; empty when it answered. */
    static String of(Observation observation) {
        return parts(observation)
                .flatMap(part -> ended(part).stream())
                .findFirst()
                .or(() -> parts(observation)
                        .flatMap(part -> refused(part).stream())
                        .findFirst())
                .orElse("");
    }

    private static Stream<Observation> parts(Observation observation) {
        if (observation instanceof Observation.Twins twins) {
            return Stream.of(twins.valid(), twins.broken()).flatMap(Trouble::parts);
        }
        return observation instanceof Observation.Transcript script
                ? script.steps().stream().flatMap(Trouble::parts)
                : Stream.of(observation);
    }

    private static Optional<String> ended(Observation part) {
        if (part instanceof Observation.Crashed c) {
            return Optional.of(c.cause() + frame(c.detail()));
        } else if (part instanceof Observation.TimedOut t) {
            return Optional.of("at " + Seen.phase(t.phase()));
        } else if (part instanceof Observation.Violated v) {
            return Optional.of(bare(v.message()));
        }
        return Optional.empty();
    }

    private static Optional<String> refused(Observation part) {
        return part instanceof Observation.Rejected r
                ? Optional.of((r.code() + " " + bare(r.message())).strip())
                : Optional.empty();
    }

    /** The function where it is known, else the place in the library. */
    private static String frame(String detail) {
        Matcher frame = FRAME.matcher(detail);
        if (!frame.find()) {
            return "";
        }
        String name = frame.group(3);
        String place = name == null || name.isEmpty()
                ? Optional.ofNullable(frame.group(2)).orElse("")
                : " " + name;
        return " in " + frame.group(1) + place;
    }

    /** Quoted names, words with digits, paths and brackets differ from case to case; the sentence does not. */
    private static String bare(String message) {
        String line = message.lines().findFirst().orElse("");
        String bare = line.substring(0, Math.min(line.length(), READ));
        bare = QUOTED.matcher(bare).replaceAll("…");
        bare = BRACKETED.matcher(bare).replaceAll("…");
        bare = NUMBERED.matcher(bare).replaceAll("…");
        bare = TOUCHED.matcher(bare).replaceAll("…");
        bare = REPEATED.matcher(bare).replaceAll("… ").strip();
        return bare.length() <= LONGEST ? bare : bare.substring(0, LONGEST) + "…";
    }
}
