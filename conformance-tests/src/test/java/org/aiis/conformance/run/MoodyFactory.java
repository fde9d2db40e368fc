package org.aiis.conformance.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.BackendFactory;
import org.aiis.conformance.backend.reference.LoadedModel;
import org.aiis.conformance.backend.reference.OracleBackend;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** The word {@code moody}: the oracle, which refuses every run while the file that its option names is there. */
public final class MoodyFactory implements BackendFactory {
    @Override
    public String word() {
        return "moody";
    }

    @Override
    public String summary() {
        return "right while a file is not there";
    }

    @Override
    public Backend open(String argument, SortedMap<String, String> options) {
        Backend right = new OracleBackend(
                new Evaluator(), (model, files) -> LoadedModel.of(Program.load(model, files)), word());
        Path mood = Path.of(new TreeMap<>(options).getOrDefault("mood", "none"));
        return new Backend() {
            @Override
            public Sut describe() {
                return right.describe();
            }

            @Override
            public Observation perform(Step step) {
                Observation answer = right.perform(step);
                return step instanceof Step.Run && Files.exists(mood)
                        ? new Observation.Rejected(Observation.Phase.RUN, "MOOD", "not today")
                        : answer;
            }

            @Override
            public void close() {
                right.close();
            }
        };
    }
}
