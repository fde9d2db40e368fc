package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.port.Judge;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The pipeline's cases as a run plays them: a worker with ONNX Runtime's CPU provider, the judge, the oracle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineOnCpuTest {
    private static final Set<String> CLASSES = Set.of("PRE", "FEAT", "TRAIN", "EVAL", "DEPL", "PERF");

    /** Not selected by the profile, which says why: the Java API of ONNX Runtime cannot bring such strings. */
    private static final String ZERO_BYTES = "DEPL-SERVE-BYTES/zero-bytes";

    private final Standard standard = StandardReader.bundled();
    private final PipelineCases source = new PipelineCases(Path.of(System.getProperty("aiis.home")));
    private final Judge judge = new StandardJudge(new Evaluator(), standard);
    private final Terms terms = new Terms(
            Accuracy.RELAXED,
            Set.of(),
            Set.of(),
            Set.of("run-to-run"),
            "CPUExecutionProvider",
            Set.of(),
            Map.of("single-stream-p90-millis", 1e4, "offline-samples-per-second", 1.0));
    private WorkerPool pool;

    @BeforeAll
    void start() {
        WorkerSettings settings = WorkerSettings.of("cpu").withOptions(new TreeMap<>(Map.of("intra-op-threads", "2")));
        pool = WorkerPool.start(settings, ModelBuilder::withInitializers);
    }

    @AfterAll
    void stop() {
        pool.close();
    }

    @TestFactory
    Stream<DynamicTest> everyQuickCasePasses() {
        return source.cases()
                .filter(c -> c.grade() == Grade.QUICK)
                .map(c -> DynamicTest.dynamicTest(c.id(), () -> {
                    Observation observation = pool.observe(c.stimulus().get());
                    Finding finding = judge.judge(c, observation, terms);
                    if (c.id().equals(ZERO_BYTES)) {
                        assertThat(finding.message()).contains("alters strings with U+0000");
                    } else {
                        assertThat(finding.verdict()).as(finding.message()).isEqualTo(Verdict.PASS);
                    }
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
    void eachRequirementOfThePipelineThatIsNotMarkedUntestedHasACase() {
        Set<String> tested = new TreeSet<>();
        Catalogue.of(standard, List.of(source)).cases().forEach(c -> tested.addAll(c.requirements()));
        Set<String> asked = new TreeSet<>();
        standard.requirements().stream()
                .filter(r -> r.untested().isEmpty())
                .map(Requirement::id)
                .filter(id -> CLASSES.contains(id.substring(0, id.indexOf('-'))))
                .forEach(asked::add);
        assertThat(asked).hasSizeGreaterThan(35);
        assertThat(tested).isEqualTo(asked);
    }
}
