package org.aiis.conformance.bisect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.vectors.OracleCase;
import org.aiis.conformance.vectors.VectorCases;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** A backend and the suite that judges it: shows models, and says what is wrong with what comes back. */
public final class Bench {
    private final Oracle oracle;
    private final Standard standard;
    private final Judge judge;
    private final Function<Stimulus.ModelRun, Observation> backend;
    private final Set<PrecisionMode> modes;

    /** @param modes precision modes that the backend tells of: what they explain is no fault */
    public Bench(
            Oracle oracle,
            Standard standard,
            Function<Stimulus.ModelRun, Observation> backend,
            Set<PrecisionMode> modes) {
        this.oracle = oracle;
        this.standard = standard;
        this.judge = StandardJudge.ofOthersNumbers(oracle, standard);
        this.backend = backend;
        this.modes = Set.copyOf(modes);
    }

    /** A model shown, what came back, and the verdict. */
    public record Shown(TestCase testCase, Observation observation, Finding finding) {
        boolean answered() {
            return Bench.answered(observation);
        }
    }

    public Shown show(String name, Stimulus.ModelRun run) {
        return judged(name, run, observe(run));
    }

    /**
     * What comes back, without a verdict, which would cost the oracle's time. A time-out counts when it comes twice: on a machine
     * with other work one alone would name a node, or a chain, that does not hang.
     */
    public Observation observe(Stimulus.ModelRun run) {
        Observation first = backend.apply(run);
        return first instanceof Observation.TimedOut ? backend.apply(run) : first;
    }

    public static boolean answered(Observation observation) {
        return observation instanceof Observation.Outputs;
    }

    /** The tensors that came back; none where something else did. */
    public static Map<String, Tensor> tensors(Observation observation) {
        Map<String, Tensor> tensors = new HashMap<>();
        if (observation instanceof Observation.Outputs outputs) {
            outputs.values().forEach((name, value) -> {
                if (value instanceof Recorded.Whole whole) {
                    tensors.put(name, whole.tensor());
                }
            });
        }
        return tensors;
    }

    /** The verdict on outputs that were seen in another run. */
    public Shown judged(String name, Stimulus.ModelRun run, Observation observation) {
        TestCase testCase = OracleCase.of(VectorCases.OF_A_MODEL + name, run, standard);
        return new Shown(testCase, observation, judge.judge(testCase, observation, terms(testCase)));
    }

    /** A rejection is a failure here: the model is one that somebody wants to run. */
    Terms terms(TestCase testCase) {
        return new Terms(
                        Accuracy.RELAXED,
                        testCase.pair().map(Set::of).orElse(Set.of()),
                        Set.of(),
                        Set.of(),
                        "",
                        Set.of(),
                        Map.of())
                .withModes(modes);
    }

    Oracle oracle() {
        return oracle;
    }
}
