package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/**
 * Settings of a session. The optimisation level is one of them, since results differ between levels.
 *
 * @param threads of a node; 1 by default, since a pool costs more than a small case
 */
record OrtSettings(int threads, OptLevel level) {
    static final List<String> OPTIONS = List.of("intra-op-threads", "optimization-level");

    static OrtSettings of(SortedMap<String, String> options) {
        for (String option : options.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw InputException.of("backend cpu has no option '" + option + "'", Nearest.hint(option, OPTIONS));
            }
        }
        return new OrtSettings(
                threads(options.getOrDefault("intra-op-threads", "1")),
                level(options.getOrDefault("optimization-level", "all")));
    }

    String levelWord() {
        return word(level);
    }

    private static int threads(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw InputException.at("option intra-op-threads", 0, "a number from 1 to 9999", "'" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static OptLevel level(String text) {
        List<String> words =
                Arrays.stream(OptLevel.values()).map(OrtSettings::word).toList();
        return Arrays.stream(OptLevel.values())
                .filter(level -> word(level).equals(text))
                .findFirst()
                .orElseThrow(() -> InputException.of(
                        "option optimization-level: no level '" + text + "'", Nearest.hint(text, words)));
    }

    /** {@code ALL_OPT} is {@code all}. */
    private static String word(OptLevel level) {
        return level.name().replace("_OPT", "").toLowerCase(Locale.ROOT);
    }
}
