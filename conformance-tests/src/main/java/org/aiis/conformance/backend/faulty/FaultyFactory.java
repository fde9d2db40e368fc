package org.aiis.conformance.backend.faulty;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.port.Backend;

/** {@code faulty:NAME}, and several faults at once, see {@link Composition}. */
public final class FaultyFactory implements BackendFactory {
    private static final String LEVEL = "optimization-level";
    private static final String ON = "all";
    private static final String OFF = "no";

    @Override
    public String word() {
        return "faulty";
    }

    @Override
    public String summary() {
        return "the oracle with a named fault, or with several: NAME+NAME; behind a slash those of its core: NAME/NAME";
    }

    @Override
    public SortedMap<String, String> variants() {
        SortedMap<String, String> variants = new TreeMap<>();
        Faults.all().forEach(f -> variants.put(word() + ":" + f.name(), f.summary() + "; breaks " + f.breaks()));
        return variants;
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        return new FaultyBackend(
                Composition.of(argument).make(optimised(options)), new Evaluator(), word() + ":" + argument);
    }

    private static boolean optimised(SortedMap<String, String> options) {
        for (String option : options.keySet()) {
            if (!option.equals(LEVEL)) {
                throw InputException.of(
                        "backend faulty has no option '" + option + "'", Nearest.hint(option, List.of(LEVEL)));
            }
        }
        String level = options.getOrDefault(LEVEL, ON);
        if (!level.equals(ON) && !level.equals(OFF)) {
            throw InputException.of(
                    "option " + LEVEL + ": no level '" + level + "'", Nearest.hint(level, List.of(ON, OFF)));
        }
        return level.equals(ON);
    }

    @Override
    public Optional<BackendUri> core(String argument, SortedMap<String, String> options) {
        return Composition.of(argument).ofCore().map(core -> new BackendUri(word() + ":" + core, options));
    }

    @Override
    public Optional<BackendUri> unoptimised(String argument, SortedMap<String, String> options) {
        return Composition.of(argument).optimised() && optimised(options)
                ? Optional.of(new BackendUri(word() + ":" + argument, options).with(LEVEL, OFF))
                : Optional.empty();
    }
}
