package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aiis.conformance.vectors.Written;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in and out, reproductions and their shrinking, through the commands. */
class VectorsCommandTest {
    @TempDir
    Path folder;

    private record Outcome(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    private static Outcome aiis(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Stream.of(args).map(Object::toString).toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path vectors(Tensor expected) {
        Path root = folder.resolve("vectors");
        Written.vector(root, "test_double", Written.doubling(), List.of(Written.floats(1, 2, 3)), List.of(expected));
        return root;
    }

    private Outcome run(Path vectors, Object... more) {
        Object[] args = Stream.concat(
                        Stream.of(
                                "run",
                                "--backend",
                                "reference",
                                "--vectors",
                                vectors,
                                "--out",
                                folder.resolve("bundle")),
                        Stream.of(more))
                .toArray();
        return aiis(args);
    }

    private Results results() {
        return Codec.file(folder.resolve("bundle/results.json"), Results.class);
    }

    @Test
    void vectorsThatAgreePassAgainstTheFolderAndTheOracle() {
        Outcome run = run(vectors(Written.floats(2, 4, 6)));

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(results().requirements())
                .extracting(Results.RequirementResult::id)
                .containsExactly("VEC-AGREES", "VEC-ORACLE");
        assertThat(results().notCertifiable()).anyMatch(reason -> reason.contains("vectors of a folder"));
    }

    @Test
    void aWrongVectorFailsAgainstTheFolderAlone() {
        Outcome run = run(vectors(Written.floats(2, 4, 7)));

        assertThat(run.code()).as(run.all()).isEqualTo(1);
        assertThat(results().requirements())
                .extracting(Results.RequirementResult::verdict)
                .containsExactly(Verdict.FAIL, Verdict.PASS);
    }

    @Test
    void theToleranceOfTheCommandIsTheOneThatJudges() {
        assertThat(run(vectors(Written.floats(2, 4, 7)), "--rtol", "0.2").code())
                .isZero();
    }

    @Test
    void aVectorThatCannotCrossIsNotDriven() {
        Path root = vectors(Written.floats(2, 4, 6));
        Written.vector(root, "test_no_data", Written.doubling(), List.of(), List.of());

        Outcome run = run(root);

        assertThat(run.code()).as(run.all()).isEqualTo(3);
        assertThat(results().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aBundleOfVectorsVerifiesWithItsVectorsAndWithNoOthers() throws IOException {
        Path root = vectors(Written.floats(2, 4, 6));
        run(root);
        Path bundle = folder.resolve("bundle");

        assertThat(aiis("verify", bundle).code()).isEqualTo(2);
        assertThat(aiis("verify", bundle, "--vectors", root).code()).isZero();

        Files.delete(root.resolve("test_double/test_data_set_0/output_0.pb"));
        Outcome other = aiis("verify", bundle, "--vectors", root);
        assertThat(other.code()).as(other.all()).isEqualTo(3);
        assertThat(other.out()).contains("vectors");
    }

    @Test
    void aToleranceWithoutVectorsIsRefused() {
        assertThat(aiis("run", "--rtol", "1", "--out", folder.resolve("bundle")).code())
                .isEqualTo(2);
    }

    @Test
    void anExportRunsAsVectorsAndAgrees() {
        Path export = folder.resolve("export");

        Outcome written = aiis("export-vectors", "--operator", "Softmax", "--type", "float32", "--out", export);

        assertThat(written.code()).as(written.all()).isZero();
        assertThat(export.resolve("run.py")).exists();
        assertThat(export.resolve("manifest.json")).content().contains("OP-Softmax-VALUES/float32");
        assertThat(run(export.resolve("accept")).code()).isZero();
    }

    @Test
    void whatIsDrawnAtRandomIsExportedAsSuchWhateverItsType() {
        Path export = folder.resolve("export");

        aiis("export-vectors", "--select", "OP-Bernoulli-VALUES/float32/opset17/to-int8", "--out", export);

        Path one = export.resolve("accept/OP-Bernoulli-VALUES__float32__opset17__to-int8");
        assertThat(one.resolve("test_data_set_0/tolerance.json")).content().contains("\"distribution\"");
    }

    @Test
    void aRejectedModelIsExportedBesideItsValidTwin() throws IOException {
        Path export = folder.resolve("export");
        aiis("export-vectors", "--select", "OP-Softmax-REJECT", "--out", export);

        try (Stream<Path> cases = Files.list(export.resolve("reject"))) {
            assertThat(cases).isNotEmpty().allSatisfy(c -> {
                assertThat(c.resolve("valid/test_data_set_0/tolerance.json")).exists();
                assertThat(c.resolve("broken/model.onnx")).exists();
                assertThat(c.resolve("expect")).content().isEqualTo("reject\n");
            });
        }
    }

    @Test
    void aFailingCaseLeavesAReproductionThatFailsAgainAndShrinks() throws IOException {
        Path bundle = folder.resolve("bundle");
        aiis("run", "--backend", "faulty:biased", "--select", "OP-Exp-VALUES", "--out", bundle);
        Path reproduction;
        try (Stream<Path> all = Files.list(bundle.resolve("views/reproductions"))) {
            reproduction = all.findFirst().orElseThrow();
        }
        Path smaller = folder.resolve("smaller");

        Outcome right = aiis("replay", reproduction, "--backend", "reference");
        assertThat(right.code()).as(right.all()).isZero();
        Outcome again = aiis("replay", reproduction, "--backend", "faulty:biased", "--shrink", "--out", smaller);
        assertThat(again.code()).as(again.all()).isEqualTo(1);
        assertThat(again.out()).contains("FAIL (value)").contains("smaller");
        assertThat(aiis("replay", smaller, "--backend", "faulty:biased").code()).isEqualTo(1);
        assertThat(Files.size(smaller.resolve("test_data_set_0/input_0.pb"))).isLessThan(40);
        assertThat(aiis("verify", bundle).code()).isZero();
    }

    @Test
    void aCrashShrinksThroughTheWorker() {
        Path export = folder.resolve("export");
        aiis("export-vectors", "--select", "ROB-OMITTED-VARIADIC/Max/x-empty-x", "--out", export);
        Path crash = export.resolve("survive/ROB-OMITTED-VARIADIC__Max__x-empty-x");

        Outcome shrunk = aiis("replay", crash, "--shrink", "--out", folder.resolve("smaller"), "--runs", "20");

        assertThat(shrunk.code()).as(shrunk.all()).isEqualTo(1);
        assertThat(shrunk.out()).contains("FAIL (crashed)").contains("smaller");
    }

    @Test
    void aSmallerCaseIsNotWrittenIntoABundle() throws IOException {
        Path bundle = folder.resolve("bundle");
        aiis("run", "--backend", "faulty:biased", "--select", "OP-Exp-TYPES", "--out", bundle);
        Path reproduction;
        try (Stream<Path> all = Files.list(bundle.resolve("views/reproductions"))) {
            reproduction = all.findFirst().orElseThrow();
        }

        Outcome refused = aiis("replay", reproduction, "--shrink", "--out", bundle.resolve("views/smaller"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("sealed");
    }

    @Test
    void theOracleIsComparedWithVectorsAndItsExceptionsAreHeld() throws IOException {
        Path root = vectors(Written.floats(2, 4, 7));
        Path exceptions = folder.resolve("exceptions.yaml");
        Files.writeString(exceptions, "oracle: []\n");
        assertThat(aiis("oracle-check", root, "--exceptions", exceptions).code())
                .isEqualTo(1);

        Files.writeString(exceptions, "oracle: [{cases: test_d*, reason: the vector is wrong}]\n");
        assertThat(aiis("oracle-check", root, "--exceptions", exceptions).code())
                .isZero();

        vectors(Written.floats(2, 4, 6));
        Outcome stale = aiis("oracle-check", root, "--exceptions", exceptions);
        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.out()).contains("is listed as one that does not");
    }

    @Test
    void anExceptionThatMatchesNothingIsAnError() throws IOException {
        Path exceptions = folder.resolve("exceptions.yaml");
        Files.writeString(exceptions, "oracle: [{cases: test_gone, reason: it was there once}]\n");

        assertThat(aiis("oracle-check", vectors(Written.floats(2, 4, 6)), "--exceptions", exceptions)
                        .code())
                .isEqualTo(1);
    }
}
