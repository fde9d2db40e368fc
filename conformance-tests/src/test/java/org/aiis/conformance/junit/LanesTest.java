package org.aiis.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;

/** Each case once, in its order, inside its requirement. */
class LanesTest {
    private static final UniqueId CATALOGUE =
            UniqueId.forEngine(ConformanceEngine.ID).append("catalogue", "test");

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private final EngineExecutionListener listener = new EngineExecutionListener() {
        @Override
        public void executionStarted(TestDescriptor test) {
            told.add("+" + test.getDisplayName());
        }

        @Override
        public void executionFinished(TestDescriptor test, TestExecutionResult result) {
            told.add("-" + test.getDisplayName() + " " + result.getStatus()
                    + result.getThrowable().map(t -> ": " + t.getMessage()).orElse(""));
        }
    };

    private static TestCase testCase(String id) {
        return new TestCase(
                id,
                List.of(id.substring(0, 1)),
                Grade.QUICK,
                Optional.empty(),
                Stimulus.Script::of,
                new Expectation.Survival(),
                "test");
    }

    /** Of requirements A, B, …, in a row. */
    private static List<Case> cases(int requirements, int each) {
        List<Case> cases = new ArrayList<>();
        for (int r = 0; r < requirements; r++) {
            Requirement requirement = new Requirement(CATALOGUE, "" + (char) ('A' + r));
            for (int i = 0; i < each; i++) {
                Case test = new Case(requirement, testCase(requirement.getDisplayName() + "/" + i));
                requirement.addChild(test);
                cases.add(test);
            }
        }
        return cases;
    }

    private void drive(List<Case> cases, int lanes, Function<TestCase, Finding> runner) {
        new Lanes(cases, runner, listener).drive(lanes);
    }

    @Test
    void aVerdictIsAResult() {
        drive(cases(1, 5), 1, test -> switch (test.id()) {
            case "A/0" -> Finding.pass();
            case "A/1" -> Finding.of(Verdict.FAIL, "wrong");
            case "A/2" -> Finding.of(Verdict.ERROR, "broken");
            case "A/3" -> Finding.of(Verdict.INCONCLUSIVE, "not shown");
            default -> throw new IllegalStateException("no evidence");
        });

        assertThat(told)
                .containsExactly(
                        "+A",
                        "+A/0",
                        "-A/0 SUCCESSFUL",
                        "+A/1",
                        "-A/1 FAILED: FAIL: wrong",
                        "+A/2",
                        "-A/2 FAILED: ERROR: broken",
                        "+A/3",
                        "-A/3 ABORTED: not shown",
                        "+A/4",
                        "-A/4 FAILED: no evidence",
                        "-A SUCCESSFUL");
    }

    @Test
    void severalLanesDriveEachCaseOnceInsideItsRequirement() {
        List<String> driven = Collections.synchronizedList(new ArrayList<>());

        drive(cases(20, 50), 4, test -> {
            driven.add(test.id());
            return Finding.pass();
        });

        assertThat(driven).hasSize(1000).doesNotHaveDuplicates();
        assertThat(told).hasSize(2 * (1000 + 20)).doesNotHaveDuplicates();
        for (char requirement = 'A'; requirement < 'A' + 20; requirement++) {
            String id = "" + requirement;
            List<String> own =
                    told.stream().filter(line -> line.startsWith(id, 1)).toList();
            assertThat(own).startsWith("+" + id).endsWith("-" + id + " SUCCESSFUL");
        }
    }

    @Test
    void asManyAreUnderWayAsThereAreLanes() {
        CountDownLatch together = new CountDownLatch(3);
        Set<Boolean> met = ConcurrentHashMap.newKeySet();

        drive(cases(1, 3), 3, test -> {
            together.countDown();
            try {
                met.add(together.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Finding.pass();
        });

        assertThat(met).containsExactly(true);
    }

    @Test
    void anErrorOfTheMachineEndsTheRun() {
        assertThatThrownBy(() -> drive(cases(1, 3), 1, test -> {
                    throw new OutOfMemoryError("heap");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a lane broke")
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
}
