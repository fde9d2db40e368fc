package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/**
 * Settings of a session. The optimisation level is one of them, since results differ between levels.
 *
 * @param threads of a node; 1 by default, since a pool costs more than a small case
 * @param fallback whether the CPU provider may take nodes that the provider under test does not
 * @param core a vendor's own build of ONNX Runtime, a folder or a file
 * @param route which library and device are meant
 * @param own options of the provider
 * @param entries ONNX Runtime's own configuration entries of a session
 */
record OrtSettings(
        Provider provider,
        int threads,
        OptLevel level,
        boolean fallback,
        Optional<Path> core,
        SortedMap<String, String> route,
        SortedMap<String, String> own,
        SortedMap<String, String> entries) {
    static final String LEVEL = "optimization-level";

    /** The level at which the graph is run as it was given. */
    static final String OFF = word(OptLevel.NO_OPT);

    private static final String FALLBACK = "fallback";

    private static final String CORE = "library-path";

    static final List<String> OPTIONS = List.of(FALLBACK, "intra-op-threads", CORE, LEVEL);

    /** Before a provider's option that {@link Provider#options} does not list. */
    private static final String UNLISTED = "provider.";

    /** What ONNX Runtime's configuration entries of a session begin with (onnxruntime_session_options_config_keys.h). */
    private static final List<String> ENTRIES = List.of("session.", "optimization.", "ep.", "mlas.");

    private static final String NO_FALLBACK = "session.disable_cpu_ep_fallback";

    OrtSettings {
        route = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(route));
        own = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(own));
        entries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    static OrtSettings of(Provider provider, SortedMap<String, String> options) {
        SortedMap<String, String> route = new TreeMap<>();
        SortedMap<String, String> own = new TreeMap<>();
        SortedMap<String, String> entries = new TreeMap<>();
        options.forEach((name, value) -> {
            if (provider.route().contains(name)) {
                route.put(name, value);
            } else if (provider.options().contains(name)) {
                own.put(name, value);
            } else if (name.startsWith(UNLISTED) && name.length() > UNLISTED.length()) {
                own.put(name.substring(UNLISTED.length()), value);
            } else if (ENTRIES.stream().anyMatch(name::startsWith)) {
                entries.put(name, value);
            } else if (!OPTIONS.contains(name)) {
                List<String> known = new ArrayList<>(OPTIONS);
                known.addAll(provider.route());
                known.addAll(provider.options());
                throw InputException.of(
                        "backend ort:" + provider.word() + " has no option '" + name + "'",
                        Nearest.hint(name, known) + "; " + UNLISTED + "NAME hands over any to the provider");
            }
        });
        boolean fallback = fallback(options.getOrDefault(FALLBACK, "on"));
        if (!fallback) {
            entries.put(NO_FALLBACK, "1");
        }
        return new OrtSettings(
                provider,
                threads(options.getOrDefault("intra-op-threads", "1")),
                level(options.getOrDefault(LEVEL, "all")),
                fallback,
                Optional.ofNullable(options.get(CORE)).map(text -> path(CORE, text)),
                route,
                own,
                entries);
    }

    /** What another provider of the same library is set to: the options of all providers, but for who takes whose nodes. */
    static SortedMap<String, String> ofLibrary(SortedMap<String, String> options) {
        SortedMap<String, String> common = new TreeMap<>(options);
        common.keySet()
                .removeIf(name -> name.equals(FALLBACK)
                        || name.startsWith("ep.")
                        || !OPTIONS.contains(name) && ENTRIES.stream().noneMatch(name::startsWith));
        return common;
    }

    /** Entries but the one that forbids the CPU provider to take nodes. */
    SortedMap<String, String> withFallback() {
        SortedMap<String, String> falling = new TreeMap<>(entries);
        falling.remove(NO_FALLBACK);
        return falling;
    }

    String levelWord() {
        return word(level);
    }

    private static boolean fallback(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw InputException.at("option fallback", 0, "on or off", "'" + text + "'");
        };
    }

    /** A path from the root: workers run in folders of their own. */
    static Path path(String option, String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Nor is it one.
        }
        throw InputException.at("option " + option, 0, "an absolute path", "'" + text.replace("\0", "%00") + "'");
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
                .orElseThrow(() ->
                        InputException.of("option " + LEVEL + ": no level '" + text + "'", Nearest.hint(text, words)));
    }

    /** {@code ALL_OPT} is {@code all}. */
    private static String word(OptLevel level) {
        return level.name().replace("_OPT", "").toLowerCase(Locale.ROOT);
    }
}
