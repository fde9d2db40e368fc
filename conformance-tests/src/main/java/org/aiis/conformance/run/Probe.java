package org.aiis.conformance.run;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.TestCase;

/** Finds out which operator × type pairs a backend takes, by one small case each. */
public final class Probe {
    private Probe() {}

    /** The pairs whose TYPES cases all gave outputs. */
    public static Set<OperatorType> claims(Suite suite, WorkerPool pool, Progress progress) {
        List<TestCase> cases = suite.catalogue().cases().stream()
                .filter(c -> c.grade() == Grade.QUICK && c.pair().isPresent())
                .filter(c -> c.requirements().get(0).endsWith("-TYPES"))
                .toList();
        progress.stage("probing", cases.size());
        Set<OperatorType> taken = new TreeSet<>();
        Set<OperatorType> refused = new TreeSet<>();
        for (TestCase c : cases) {
            boolean answered = pool.observe(c.stimulus().get()) instanceof Observation.Outputs;
            (answered ? taken : refused).add(c.pair().orElseThrow());
            progress.tick();
        }
        taken.removeAll(refused);
        return taken;
    }
}
