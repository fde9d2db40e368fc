package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.port.Backend;
import org.aiis.spec.port.Judge;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of resampling is found where it shows, and nowhere else: the reference passes the case. */
class ResamplingFaultsTest {
    private final PipelineCases source = new PipelineCases(Path.of(System.getProperty("aiis.home")));
    private final Judge judge = new StandardJudge(new Evaluator(), StandardReader.bundled());

    @ParameterizedTest
    @CsvSource({
        "resampled-from-corners, grey-larger, FAIL",
        "resampled-from-corners, grey-smaller, FAIL",
        "resampled-from-corners, colour-larger, FAIL",
        "resampled-from-corners, colour-smaller, FAIL",
        "resampled-from-corners, colour-taller-and-narrower, FAIL",
        "resampled-from-corners, colour-same-size, FAIL",
        "resampled-from-corners, sizes-in-turn, FAIL",
        "shrunk-unsmoothed, grey-smaller, FAIL",
        "shrunk-unsmoothed, colour-smaller, FAIL",
        "shrunk-unsmoothed, colour-taller-and-narrower, FAIL",
        "shrunk-unsmoothed, sizes-in-turn, FAIL",
        "shrunk-unsmoothed, grey-one-pixel, PASS",
        "shrunk-unsmoothed, colour-same-size, PASS"
    })
    void isFoundWhereItShows(String fault, String name, Verdict verdict) {
        TestCase testCase = source.cases()
                .filter(c -> c.id().equals("PRE-IMAGE-RESAMPLE/" + name))
                .findFirst()
                .orElseThrow();
        assertThat(judged(testCase, "reference").verdict()).isEqualTo(Verdict.PASS);
        Finding found = judged(testCase, "faulty:" + fault);
        assertThat(found.verdict()).as(found.message()).isEqualTo(verdict);
    }

    private Finding judged(TestCase testCase, String word) {
        Terms terms = new Terms(Accuracy.RELAXED, Set.of(), Set.of(), Set.of(), "", Set.of(), Map.of());
        return judge.judge(testCase, played(word, testCase.stimulus().get()), terms);
    }

    private static Observation played(String word, Stimulus stimulus) {
        List<Observation> answers = new ArrayList<>();
        try (Backend backend = Backends.installed().open(word, new TreeMap<>())) {
            if (stimulus instanceof Stimulus.ModelRun run) {
                backend.perform(new Step.Load("model", run.model(), false));
                return backend.perform(Step.Run.of("model", run.inputs()));
            }
            ((Stimulus.Script) stimulus).steps().forEach(step -> answers.add(backend.perform(step)));
        }
        return new Observation.Transcript(answers);
    }
}
