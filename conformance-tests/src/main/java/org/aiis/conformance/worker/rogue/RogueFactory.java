package org.aiis.conformance.worker.rogue;

import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.conformance.backend.reference.LoadedModel;
import org.aiis.conformance.backend.reference.OracleBackend;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.port.Backend;

/** {@code rogue:NAME}. */
public final class RogueFactory implements BackendFactory {
    private static final String WORD = "rogue";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String summary() {
        return "the oracle in an adapter that misbehaves at OP-Not-SHAPES/…/zero-size, to see the suite go on";
    }

    @Override
    public SortedMap<String, String> variants() {
        SortedMap<String, String> variants = new TreeMap<>();
        Rogues.all().forEach(r -> variants.put(WORD + ":" + r.name(), r.summary()));
        return variants;
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        Rogues.Named rogue = Rogues.all().stream()
                .filter(r -> r.name().equals(argument))
                .findFirst()
                .orElseThrow(() -> InputException.of(
                        "unknown rogue '" + argument + "'",
                        Nearest.hint(
                                argument,
                                Rogues.all().stream().map(Rogues.Named::name).toList())));
        return new RogueBackend(
                rogue.make().get(),
                new OracleBackend(
                        new Evaluator(),
                        (model, files) -> LoadedModel.of(Program.load(model, files)),
                        WORD + ":" + argument));
    }
}
