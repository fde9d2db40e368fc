package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.backend.Backends;
import org.aiis.spec.port.Backend;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of training is found by the case that is meant for it, and the reference passes that case. */
class TrainingFaultsTest {
    private final PipelineCases source = new PipelineCases(Path.of(System.getProperty("aiis.home")));

    @ParameterizedTest
    @CsvSource({
        "gradient-scaled, TRAIN-STEP-GRADIENT/recurrent-network, gradient of",
        "adam-uncorrected, TRAIN-TEN-STEPS/recurrent-network, loss of step",
        "labels-shuffled, TRAIN-STEP-LOSS/recurrent-network, loss",
        "rate-fixed, TRAIN-SCHEDULE/three-rates, at rate 0.0625",
        "batch-stale, TRAIN-TEN-STEPS/recurrent-network, loss of step",
        "gradient-scaled, TRAIN-PARTS/1-5-2-records, gradient of"
    })
    void isFound(String fault, String id, String message) {
        TestCase testCase =
                source.cases().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
        assertThat(judged(testCase, "reference").verdict()).isEqualTo(Verdict.PASS);
        Finding found = judged(testCase, "faulty:" + fault);
        assertThat(found.verdict()).as(found.message()).isEqualTo(Verdict.FAIL);
        assertThat(found.message()).contains(message);
    }

    private static Finding judged(TestCase testCase, String word) {
        Terms terms = new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "", Set.of(), Map.of());
        try {
            return ((Expectation.Behaviour) testCase.expectation())
                    .check()
                    .check(played(word, ((Stimulus.Script) testCase.stimulus().get()).steps()), terms);
        } catch (AssertionError unmet) {
            return Finding.fail("behaviour", String.valueOf(unmet.getMessage()));
        }
    }

    private static Observation played(String word, List<Step> steps) {
        List<Observation> answers = new ArrayList<>();
        try (Backend backend = Backends.installed().open(word, new TreeMap<>())) {
            steps.forEach(step -> answers.add(backend.perform(step)));
        }
        return new Observation.Transcript(answers);
    }
}
