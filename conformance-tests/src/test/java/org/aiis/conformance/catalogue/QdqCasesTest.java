package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QdqCasesTest {
    private static final Terms TERMS =
            new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "P", Set.of(), Map.of());

    static Stream<TestCase> cases() {
        return new QdqCases().cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theExactUnitPassesAndOneElementTwoStepsOffFails(TestCase testCase) {
        Stimulus.ModelRun unit = (Stimulus.ModelRun) testCase.stimulus().get();
        Tensor exact = Objects.requireNonNull(
                new Evaluator().values(unit.model(), unit.inputs()).get("y"));
        Tensor.Builder off = new Tensor.Builder(exact.type(), exact.shape());
        for (int i = 0; i < exact.size(); i++) {
            // Away from the end of the range, so that nothing wraps.
            long step = i != 7 ? 0 : exact.integer(i) > 0 ? -2 : 2;
            off.setBits(i, exact.integer(i) + step);
        }
        Expectation.Check check = ((Expectation.Behaviour) testCase.expectation()).check();
        assertThat(check.check(Observation.Outputs.of(Map.of("y", exact)), TERMS)
                        .message())
                .isEmpty();
        assertThatThrownBy(() -> check.check(Observation.Outputs.of(Map.of("y", off.build())), TERMS))
                .isInstanceOf(AssertionError.class);
    }
}
