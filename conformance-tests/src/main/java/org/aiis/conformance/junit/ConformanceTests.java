package org.aiis.conformance.junit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aiis.conformance.run.CaseRunner;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Every selected case of the catalogue as a dynamic test, under the requirement it proves. */
@ExtendWith(CaseRunnerResolver.class)
public final class ConformanceTests {
    // Said here, the platform does not search the annotations again for each case.
    @Execution(ExecutionMode.CONCURRENT)
    @TestFactory
    Stream<DynamicContainer> conformance(CaseRunner runner) {
        Map<String, List<TestCase>> byRequirement = new LinkedHashMap<>();
        runner.cases().forEach(c -> byRequirement
                .computeIfAbsent(c.requirements().get(0), k -> new java.util.ArrayList<>())
                .add(c));
        return byRequirement.entrySet().stream()
                .map(e -> DynamicContainer.dynamicContainer(
                        e.getKey(),
                        e.getValue().stream().map(c -> DynamicTest.dynamicTest(c.id(), () -> drive(runner, c)))));
    }

    private static void drive(CaseRunner runner, TestCase testCase) {
        Finding finding = runner.run(testCase);
        switch (finding.verdict()) {
            case PASS -> {}
            case INCONCLUSIVE, NOT_APPLICABLE -> throw new TestAbortedException(finding.message());
            case FAIL, ERROR -> throw new AssertionFailedError(finding.verdict() + ": " + finding.message());
        }
    }
}
