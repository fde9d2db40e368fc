package org.aiis.conformance.catalogue;

import static org.aiis.conformance.catalogue.Behaviours.output;
import static org.aiis.conformance.catalogue.Behaviours.step;
import static org.aiis.conformance.catalogue.ExchangeModels.F;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aiis.onnx.GraphProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
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

/** Which of two readings a system under test gives an operator of which ONNX says two things. All other cases accept either. */
final class Readings implements CaseSource {
    private static final int SIZE = 4099;

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(
                reading("OP-Bernoulli-D2/a-quarter", "Bernoulli", Readings::quarters, Readings::bernoulli),
                reading("OP-Loop-D1/rank-2", "Loop", Readings::squares, Readings::loop));
    }

    private static TestCase reading(
            String id, String operator, Supplier<OneNode> node, Function<Tensor, Finding> reading) {
        OperatorType pair = new OperatorType(operator, F);
        return new TestCase(
                id,
                List.of(id.substring(0, id.indexOf('/'))),
                Grade.QUICK,
                Optional.of(pair),
                () -> session(node.get().run()),
                new Expectation.Behaviour((seen, terms) -> judged(pair, reading, seen, terms)),
                "catalogue");
    }

    private static Stimulus session(Stimulus.ModelRun run) {
        return Stimulus.Script.of(new Step.Load("m", run.model(), false), Step.Run.of("m", run.inputs()));
    }

    private static Finding judged(OperatorType pair, Function<Tensor, Finding> reading, Observation seen, Terms terms) {
        boolean rejected =
                step(seen, 0) instanceof Observation.Rejected || step(seen, 1) instanceof Observation.Rejected;
        if (rejected && !terms.required().contains(pair)) {
            return Finding.of(Verdict.PASS, "rejected as unsupported").because("unsupported");
        }
        return reading.apply(output(seen, 1));
    }

    private static OneNode quarters() {
        float[] quarters = new float[SIZE];
        Arrays.fill(quarters, 0.25f);
        return OneNode.of("Bernoulli", 17, F).feed(Tensor.ofFloats(Shape.of(SIZE), quarters));
    }

    /**
     * The text says 1 with probability p, the function body of the same operator gives 1 with probability 1 − p. With p = ¼ and
     * n elements the other reading is taken for this one with a probability of at most exp(−n/8) (Hoeffding), which is below
     * 10^−200.
     */
    private static Finding bernoulli(Tensor y) {
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

    /** Three iterations that each give the same two rows of two numbers to a scan output. */
    private static OneNode squares() {
        GraphProto body = new ModelBuilder(17)
                .input("i", ElementType.INT64)
                .input("c", ElementType.BOOL)
                .node("Identity", List.of("c"), List.of("more"))
                .node("Identity", List.of("x2"), List.of("seen"))
                .openOutput("more", ElementType.BOOL)
                .openOutput("seen", F)
                .graph();
        return OneNode.of("Loop", 17, F)
                .feed(
                        Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 3),
                        Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, 1))
                .beside(Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4))
                .with(Attribute.of("body", body))
                .giving(F);
    }

    /** The text of Loop concatenates what the iterations give; ONNX's type inference and its tests stack it. */
    private static Finding loop(Tensor y) {
        if (y.shape().equals(Shape.of(3, 2, 2))) {
            return Finding.pass();
        }
        return Finding.fail(
                "reading",
                y.shape().equals(Shape.of(6, 2))
                        ? "three times two rows came as six: joined, as the text has it"
                        : "three times two rows of two came in the shape " + y.shape());
    }
}
