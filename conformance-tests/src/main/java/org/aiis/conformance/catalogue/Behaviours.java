package org.aiis.conformance.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** Ways to declare a case without an operator of its own, and to read what was seen. */
final class Behaviours {
    private static final String ORIGIN = "catalogue";

    private Behaviours() {}

    /** A script judged by a method: what it verifies, its stimulus, the method, all in one line. */
    static TestCase verifies(
            String requirement,
            String name,
            Grade grade,
            Supplier<Stimulus> script,
            BiConsumer<Observation, Terms> assertions) {
        Expectation.Check check = Expectation.Check.asserting(assertions);
        return made(requirement, name, grade, script, new Expectation.Behaviour(check));
    }

    /** A run whose exact outputs the case states. */
    static TestCase gives(String requirement, String name, Supplier<Stimulus> run, Map<String, Tensor> outputs) {
        return made(requirement, name, Grade.QUICK, run, new Expectation.Outputs(new TreeMap<>(outputs)));
    }

    static TestCase rejects(
            String requirement, String name, boolean onlyAtLoad, Stimulus.ModelRun valid, Stimulus.ModelRun broken) {
        return made(
                requirement,
                name,
                Grade.QUICK,
                () -> new Stimulus.MustReject(valid, broken),
                new Expectation.Rejection(new Tolerance.Exact(), onlyAtLoad));
    }

    static TestCase survives(String requirement, String name, Grade grade, Supplier<Stimulus> stimulus) {
        return made(requirement, name, grade, stimulus, new Expectation.Survival());
    }

    static TestCase made(
            String requirement, String name, Grade grade, Supplier<Stimulus> stimulus, Expectation expectation) {
        return new TestCase(
                requirement + "/" + name, List.of(requirement), grade, Optional.empty(), stimulus, expectation, ORIGIN);
    }

    /** What a step answered. */
    static Observation step(Observation seen, int index) {
        if (seen instanceof Observation.Transcript transcript) {
            List<Observation> steps = transcript.steps();
            if (index < steps.size()) {
                return steps.get(index);
            }
            throw new AssertionError("the script ended after " + steps.size() + " steps, before step " + index);
        }
        throw new AssertionError("a transcript is expected, found " + seen);
    }

    /** The one output of a step, or an assertion that says what came instead. */
    static Tensor output(Observation seen, int index) {
        return output(seen, index, "y");
    }

    static Tensor output(Observation seen, int index, String name) {
        SortedMap<String, Tensor> outputs = outputs(seen, index);
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new AssertionError("step " + index + " gave outputs " + outputs.keySet() + ", not " + name);
        }
        return tensor;
    }

    static SortedMap<String, Tensor> outputs(Observation seen, int index) {
        if (step(seen, index) instanceof Observation.Outputs outputs) {
            SortedMap<String, Tensor> tensors = new TreeMap<>();
            outputs.values().forEach((n, recorded) -> tensors.put(n, recorded.tensor()));
            return tensors;
        }
        throw new AssertionError("step " + index + " gave no outputs but " + step(seen, index));
    }
}
