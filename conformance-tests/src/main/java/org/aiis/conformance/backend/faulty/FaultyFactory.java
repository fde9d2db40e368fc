package org.aiis.conformance.backend.faulty;

import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.port.Backend;

/** {@code faulty:NAME}. */
public final class FaultyFactory implements BackendFactory {
    @Override
    public String word() {
        return "faulty";
    }

    @Override
    public String summary() {
        return "the oracle with a named fault, to see the suite fail it";
    }

    @Override
    public SortedMap<String, String> variants() {
        SortedMap<String, String> variants = new TreeMap<>();
        Faults.all().forEach(f -> variants.put(word() + ":" + f.name(), f.summary() + "; breaks " + f.breaks()));
        return variants;
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        Fault.Named fault = Faults.all().stream()
                .filter(f -> f.name().equals(argument))
                .findFirst()
                .orElseThrow(() -> InputException.of(
                        "unknown fault '" + argument + "'",
                        Nearest.hint(
                                argument,
                                Faults.all().stream().map(Fault.Named::name).toList())));
        return new FaultyBackend(fault.make().get(), new Evaluator(), word() + ":" + argument);
    }
}
