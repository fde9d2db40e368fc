package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PipelineOnCpuTest {
    private final PipelineCases source = new PipelineCases(Path.of(System.getProperty("aiis.home")));

    @TestFactory
    Stream<DynamicTest> everyQuickBehaviourPassesOnTheCpu() {
        return source.cases()
                .filter(c -> c.grade() == Grade.QUICK && c.expectation() instanceof Expectation.Behaviour)
                .map(c -> DynamicTest.dynamicTest(c.id(), () -> passes(c)));
    }

    @TestFactory
    Stream<DynamicTest> everyStatedOutputComesFromTheCpuExactly() {
        return source.cases()
                .filter(c -> c.expectation() instanceof Expectation.Outputs)
                .map(c -> DynamicTest.dynamicTest(c.id(), () -> {
                    Observation.Outputs got = (Observation.Outputs)
                            Stage.faultless().play(c.stimulus().get());
                    ((Expectation.Outputs) c.expectation()).values().forEach((name, tensor) -> assertThat(
                                    got.values().get(name).tensor())
                            .isEqualTo(tensor));
                }));
    }

    @Test
    void stimuliAreTheSameEachTime() {
        List<TestCase> cases = source.cases().toList();
        List<TestCase> again = new PipelineCases(Path.of(System.getProperty("aiis.home")))
                .cases()
                .toList();
        for (int i = 0; i < cases.size(); i++) {
            assertThat(again.get(i).stimulus().get().digest())
                    .as(cases.get(i).id())
                    .isEqualTo(cases.get(i).stimulus().get().digest());
        }
    }

    @Test
    void eachCaseIsNamedOnceAndBeginsWithItsRequirement() {
        List<TestCase> cases = source.cases().toList();
        assertThat(cases).extracting(TestCase::id).doesNotHaveDuplicates().hasSizeGreaterThan(40);
        assertThat(cases)
                .allSatisfy(c -> assertThat(c.id()).startsWith(c.requirements().get(0) + "/"));
    }

    private static void passes(TestCase testCase) {
        long start = System.nanoTime();
        Observation observation = Stage.faultless().play(testCase.stimulus().get());
        long played = System.nanoTime();
        Map<String, Double> limits = Map.of("single-stream-p90-millis", 1e4, "offline-samples-per-second", 1.0);
        Finding finding = Stage.judge(testCase, observation, limits, "run-to-run");
        System.out.printf(
                "%-45s %s play %.2f s judge %.2f s worst %s %s %s%n",
                testCase.id(),
                finding.verdict(),
                (played - start) / 1e9,
                (System.nanoTime() - played) / 1e9,
                finding.worst().map(w -> String.format("%.3g", w)).orElse("-"),
                finding.message(),
                finding.tallies().size() > 20 ? "" : finding.tallies());
        assertThat(finding.verdict()).as(finding.message()).isEqualTo(Verdict.PASS);
    }
}
