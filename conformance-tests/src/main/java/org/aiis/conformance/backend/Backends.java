package org.aiis.conformance.backend;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.port.Backend;

/** The backends on the class path, by word. */
public final class Backends {
    private final SortedMap<String, BackendFactory> byWord = new TreeMap<>();

    private Backends() {}

    /** Those that this class path holds. */
    public static Backends installed() {
        Backends backends = new Backends();
        for (BackendFactory factory : ServiceLoader.load(BackendFactory.class, Backends.class.getClassLoader())) {
            BackendFactory other = backends.byWord.put(factory.word(), factory);
            if (other != null) {
                throw InputException.of(
                        "two backends answer to '" + factory.word() + "': " + name(other) + " and " + name(factory),
                        "take one of them off the class path");
            }
        }
        return backends;
    }

    /** Word to summary, sorted. */
    public SortedMap<String, String> summaries() {
        SortedMap<String, String> summaries = new TreeMap<>();
        byWord.forEach((word, factory) -> summaries.put(word, factory.summary()));
        return summaries;
    }

    /** Everything that can be asked for, with a line on each. */
    public SortedMap<String, String> variants() {
        SortedMap<String, String> variants = new TreeMap<>();
        byWord.values().forEach(factory -> variants.putAll(factory.variants()));
        return variants;
    }

    /** Refuses a word that no backend answers to; what follows its colon is for the backend itself to check. */
    public void check(String backend) {
        factory(backend);
    }

    /** Does what a backend needs once on a machine; nothing for one that is not of this class path. */
    public void prepare(String backend) {
        Optional.ofNullable(byWord.get(word(backend))).ifPresent(BackendFactory::prepare);
    }

    /** Opens {@code word} or {@code word:argument}. */
    public Backend open(String backend, SortedMap<String, String> options) {
        return factory(backend).open(argument(backend), options);
    }

    /** The CPU provider of the same library; empty where there is none, or the backend is a program of its own. */
    public Optional<BackendUri> core(BackendUri backend) {
        return found(backend).flatMap(f -> f.core(argument(backend.name()), backend.options()));
    }

    /** The same backend with graph optimisation off; empty where it has no such setting. */
    public Optional<BackendUri> unoptimised(BackendUri backend) {
        return found(backend).flatMap(f -> f.unoptimised(argument(backend.name()), backend.options()));
    }

    private Optional<BackendFactory> found(BackendUri backend) {
        return Optional.ofNullable(byWord.get(word(backend.name())));
    }

    private static String argument(String backend) {
        int colon = backend.indexOf(':');
        return colon < 0 ? "" : backend.substring(colon + 1);
    }

    private static String word(String backend) {
        int colon = backend.indexOf(':');
        return colon < 0 ? backend : backend.substring(0, colon);
    }

    private BackendFactory factory(String backend) {
        String word = word(backend);
        BackendFactory factory = byWord.get(word);
        if (factory == null) {
            throw InputException.of("no backend '" + word + "'", Nearest.hint(word, byWord.keySet()));
        }
        return factory;
    }

    private static String name(BackendFactory factory) {
        return factory.getClass().getName();
    }
}
