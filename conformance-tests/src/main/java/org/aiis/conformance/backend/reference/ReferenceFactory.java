package org.aiis.conformance.backend.reference;

import java.util.SortedMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Backend;

/** {@code reference}. */
public final class ReferenceFactory implements BackendFactory {
    @Override
    public String word() {
        return "reference";
    }

    @Override
    public String summary() {
        return "the suite's own oracle as the system under test; can never be declared or certified";
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        if (!argument.isEmpty()) {
            throw InputException.of("backend reference takes no argument, found '" + argument + "'", "");
        }
        return new OracleBackend(new Evaluator(), (model, files) -> LoadedModel.of(Program.load(model, files)), word());
    }
}
