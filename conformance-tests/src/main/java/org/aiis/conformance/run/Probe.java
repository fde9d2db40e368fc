package org.aiis.conformance.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.aiis.conformance.judge.Placement;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * Which operator × type pairs a backend takes, found out by one small case each.
 *
 * @param taken pairs whose TYPES cases all gave outputs, and of which nothing ran on another provider
 * @param elsewhere operators of which a node ran on another provider
 */
public record Probe(Set<OperatorType> taken, SortedSet<String> elsewhere) {
    /** Shows the cases. */
    public static Probe of(Suite suite, WorkerPool pool, Progress progress) {
        List<TestCase> cases = suite.catalogue().cases().stream()
                .filter(c -> c.grade() == Grade.QUICK && c.pair().isPresent())
                .filter(c -> c.requirements().get(0).endsWith("-TYPES"))
                .toList();
        progress.stage("probing", cases.size());
        Terms terms = new Terms(
                Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), pool.sut().provider(), Set.of(), Map.of());
        Set<OperatorType> taken = new TreeSet<>();
        Set<OperatorType> refused = new TreeSet<>();
        SortedSet<String> elsewhere = new TreeSet<>();
        for (TestCase c : cases) {
            Stimulus stimulus = c.stimulus().get();
            Set<String> fallen = Set.of();
            boolean answered = false;
            if (pool.observe(stimulus) instanceof Observation.Outputs outputs) {
                List<NodePlacement> placement = outputs.placement();
                fallen = Placement.of(stimulus, terms).operatorsElsewhere(placement);
                answered = fallen.isEmpty();
            }
            elsewhere.addAll(fallen);
            (answered ? taken : refused).add(c.pair().orElseThrow());
            progress.tick();
        }
        taken.removeAll(refused);
        return new Probe(taken, elsewhere);
    }
}
