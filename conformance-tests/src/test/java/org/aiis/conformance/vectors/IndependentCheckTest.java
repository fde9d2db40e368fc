package org.aiis.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.scheme.Home;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Grade;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The oracle against what others say: ONNX's own node tests, and ONNX's ReferenceEvaluator over the suite's vectors. Python
 * makes both; where none with the packages of {@code profiles/waivers/requirements.txt} is at hand (environment AIIS_PYTHON,
 * else python3) they are skipped.
 */
class IndependentCheckTest {
    private static final Home HOME = Home.find();
    private static final Path SCRIPTS = HOME.fixtures().resolve("onnx");
    private static final Path LIST = SCRIPTS.resolve("node-tests.yaml");
    private static final String PYTHON = System.getenv().getOrDefault("AIIS_PYTHON", "python3");

    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    @BeforeEach
    void pythonIsAtHand() throws InterruptedException {
        assumeTrue(
                python("-c", "import numpy, onnx, onnxruntime, PIL").code() == 0,
                PYTHON + " lacks the packages of profiles/waivers/requirements.txt");
    }

    @Test
    void theOracleAgreesWithOnnxsNodeTestsOrIsListed() throws InterruptedException {
        Path tests = folder.resolve("node");
        Said written = python(SCRIPTS.resolve("write_node_tests.py").toString(), tests.toString());
        assertThat(written.code()).as(written.text()).isZero();
        Evaluator oracle = new Evaluator();
        OracleComparison comparison = new OracleComparison(
                oracle, oracle.operators(), 1e-3, 1e-7, Codec.file(LIST, OracleComparison.Exceptions.class));

        List<OracleComparison.Compared> compared = comparison.compare(VectorFolder.scan(tests), one -> {});

        assertThat(compared).hasSizeGreaterThan(1_800);
        assertThat(compared).allMatch(OracleComparison.Compared::settled);
        assertThat(compared).noneMatch(c -> c.outcome() == OracleComparison.Outcome.unknown);
        assertThat(comparison.idle(compared)).isEmpty();
        List<OracleComparison.Compared> comparable =
                compared.stream().filter(OracleComparison.Compared::comparable).toList();
        long agreeing = comparable.stream()
                .filter(c -> c.outcome() == OracleComparison.Outcome.agree)
                .count();
        assertThat(agreeing).isGreaterThanOrEqualTo(comparable.size() * 99L / 100);
    }

    /** The quick grade; that of the full one, which is settled too, is asked for by hand, as second_opinion.py says. */
    @Test
    @Tag("long")
    void theReferenceEvaluatorAgreesWithOurVectorsOrIsListed() throws InterruptedException {
        Path vectors = folder.resolve("vectors");
        Standard standard = StandardReader.bundled();
        Export export = new Export(standard, new Evaluator(), Accuracy.RELAXED, vectors);
        Catalogue.of(standard, HOME.root()).cases().stream()
                .filter(c -> c.grade() == Grade.QUICK)
                .forEach(export::add);
        export.finish("test", java.util.Map.of(), Accuracy.RELAXED);

        Said said =
                python(SCRIPTS.resolve("second_opinion.py").toString(), vectors.toString(), LIST.toString(), "--part");

        assertThat(said.code()).as(said.text()).isZero();
    }

    private static Said python(String... arguments) throws InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(said).isTrue();
            return new Said(process.exitValue(), said);
        } catch (IOException e) {
            return new Said(127, String.valueOf(e.getMessage()));
        }
    }
}
