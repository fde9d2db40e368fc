package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.output;
import static org.aiis.conformance.catalogue.Behaviours.step;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.OperatorType;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/**
 * Which of its two readings a system under test gives Bernoulli: the text says 1 with probability p, the function body of
 * the same operator gives 1 with probability 1 − p. With p = ¼ and n elements the other reading is taken for this one with a
 * probability of at most exp(−n/8) (Hoeffding), which is below 10^−200.
 */
final class BernoulliReading implements CaseSource {
    private static final String REQUIREMENT = "OP-Bernoulli-D2";
    private static final int SIZE = 4099;
    private static final OperatorType PAIR = new OperatorType("Bernoulli", ElementType.FLOAT32);

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(new TestCase(
                REQUIREMENT + "/a-quarter",
                List.of(REQUIREMENT),
                Grade.QUICK,
                Optional.of(PAIR),
                () -> session(quarters().run()),
                new Expectation.Behaviour(BernoulliReading::judged),
                "catalogue"));
    }

    private static OneNode quarters() {
        float[] quarters = new float[SIZE];
        Arrays.fill(quarters, 0.25f);
        return OneNode.of("Bernoulli", 17, ElementType.FLOAT32).feed(Tensor.ofFloats(Shape.of(SIZE), quarters));
    }

    private static Stimulus session(Stimulus.ModelRun run) {
        return Stimulus.Script.of(new Step.Load("m", run.model(), false), Step.Run.of("m", run.inputs()));
    }

    private static Finding judged(Observation seen, Terms terms) {
        boolean rejected =
                step(seen, 0) instanceof Observation.Rejected || step(seen, 1) instanceof Observation.Rejected;
        if (rejected && !terms.required().contains(PAIR)) {
            return Finding.of(Verdict.PASS, "rejected as unsupported").because("unsupported");
        }
        Tensor y = output(seen, 1);
        int ones = 0;
        for (int i = 0; i < y.size(); i++) {
            ones += y.real(i) == 1 ? 1 : 0;
        }
        return ones < SIZE / 2
                ? Finding.pass()
                : Finding.fail(
                        "reading",
                        ones + " ones of " + SIZE + " where the probability is 0.25: as the function body has it");
    }
}
