package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.output;
import static org.aiis.conformance.catalogue.Behaviours.step;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aiis.reference.onnx.Attribute;
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

/** What a seed of a random operator does, in two sessions of one model. */
final class SeedCases implements CaseSource {
    private static final int SIZE = 257;
    private static final int OPSET = 17;

    @Override
    public Stream<TestCase> cases() {
        Tensor like = new Tensor.Builder(ElementType.FLOAT32, Shape.of(SIZE)).build();
        return Stream.of(
                        node("RandomUniform").with(Attribute.ints("shape", SIZE)),
                        node("RandomNormal").with(Attribute.ints("shape", SIZE)),
                        node("RandomUniformLike").feed(like),
                        node("RandomNormalLike").feed(like),
                        node("Bernoulli").feed(halves()),
                        node("Multinomial")
                                .feed(like.reshaped(Shape.of(1, SIZE)))
                                .with(Attribute.of("sample_size", (long) SIZE))
                                .giving(ElementType.INT32))
                .map(n -> n.with(Attribute.of("seed", 7f)))
                .map(SeedCases::twice);
    }

    private static OneNode node(String operator) {
        return OneNode.of(operator, OPSET, ElementType.FLOAT32);
    }

    private static Tensor halves() {
        Tensor.Builder tensor = new Tensor.Builder(ElementType.FLOAT32, Shape.of(SIZE));
        for (int i = 0; i < SIZE; i++) {
            tensor.setReal(i, 0.5);
        }
        return tensor.build();
    }

    private static TestCase twice(OneNode node) {
        String requirement = "OP-" + node.operator() + "-D1";
        OperatorType pair = new OperatorType(node.operator(), ElementType.FLOAT32);
        return new TestCase(
                requirement + "/same-seed",
                List.of(requirement),
                Grade.QUICK,
                Optional.of(pair),
                () -> sessions(node.run()),
                new Expectation.Behaviour((seen, terms) -> judged(seen, terms, pair)),
                "catalogue");
    }

    private static Stimulus sessions(Stimulus.ModelRun run) {
        Step load = new Step.Load("m", run.model(), false);
        Step once = Step.Run.of("m", run.inputs());
        return Stimulus.Script.of(load, once, new Step.Close("m"), load, once);
    }

    private static Finding judged(Observation seen, Terms terms, OperatorType pair) {
        if (step(seen, 0) instanceof Observation.Rejected && !terms.required().contains(pair)) {
            return Finding.of(Verdict.PASS, "rejected as unsupported").because("unsupported");
        }
        return output(seen, 1).equals(output(seen, 4))
                ? Finding.pass()
                : Finding.fail("seed", "two sessions with one seed gave different values");
    }
}
