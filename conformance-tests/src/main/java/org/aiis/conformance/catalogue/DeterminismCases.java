package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.outputs;
import static org.aiis.conformance.catalogue.Behaviours.verifies;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.opentest4j.TestAbortedException;

/** Equal bits from equal runs, where the ICS claims it. */
final class DeterminismCases implements CaseSource {
    private static final String RUNS = "run-to-run";
    private static final String SESSIONS = "session-to-session";

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(ChainModels.values())
                .flatMap(chain -> Stream.of(
                        verifies(
                                "EVID-DETERMINISM",
                                RUNS + "/" + chain.word(),
                                Grade.QUICK,
                                () -> runs(chain),
                                equal(RUNS, 1, 2)),
                        verifies(
                                "EVID-DETERMINISM",
                                SESSIONS + "/" + chain.word(),
                                Grade.QUICK,
                                () -> sessions(chain),
                                equal(SESSIONS, 1, 4))));
    }

    private static Stimulus.ModelRun run(ChainModels chain) {
        return chain.run(Seeded.by("EVID-DETERMINISM/" + chain.word()), 11, false);
    }

    private static Stimulus runs(ChainModels chain) {
        Stimulus.ModelRun one = run(chain);
        Step again = Step.Run.of("m", one.inputs());
        return Stimulus.Script.of(new Step.Load("m", one.model(), false), again, again);
    }

    private static Stimulus sessions(ChainModels chain) {
        Stimulus.ModelRun one = run(chain);
        Step again = Step.Run.of("m", one.inputs());
        Step load = new Step.Load("m", one.model(), false);
        return Stimulus.Script.of(load, again, new Step.Close("m"), load, again);
    }

    private static BiConsumer<Observation, Terms> equal(String kind, int first, int second) {
        return (seen, terms) -> {
            if (!terms.deterministic().contains(kind)) {
                throw new TestAbortedException("the ICS does not claim determinism " + kind);
            }
            assertSame(seen, first, second);
        };
    }

    private static void assertSame(Observation seen, int first, int second) {
        assertThat(outputs(seen, first)).isNotEmpty().isEqualTo(outputs(seen, second));
    }
}
