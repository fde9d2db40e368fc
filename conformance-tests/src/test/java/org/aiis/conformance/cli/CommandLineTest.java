package org.aiis.conformance.cli;

import static org.aiis.conformance.cli.Outcome.aiis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands end to end, each on a small selection, with the oracle as the system under test where one is needed. */
class CommandLineTest {
    /** What a run drafted, in which tests write something else. */
    private static String drafted = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void aStatementIsDrafted(@TempDir Path before) throws IOException {
        run("reference", "OP-Not-VALUES", before.resolve("bundle"));
        drafted = Files.readString(before.resolve("bundle/ics.yaml"));
    }

    private static Outcome run(String backend, String select, Path bundle) {
        return aiis("run", "--backend", backend, "--select", select, "--out", bundle.toString());
    }

    @Test
    void aRunOfTheReferenceEndsZeroAndItsBundleVerifies() {
        Path bundle = folder.resolve("bundle");

        Outcome run = run("reference", "OP-Add-*", bundle);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("PASS").contains("report.html");
        Outcome verify = aiis("verify", bundle.toString());
        assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("intact, origin unknown");
    }

    @Test
    void aForeignProgramThatSpeaksTheProtocolIsTestedUnderItsCommand() {
        Path bundle = folder.resolve("bundle");
        String command = String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.aiis.conformance.worker.WorkerMain",
                "reference");

        Outcome run = run("exec:" + command, "OP-Or-*", bundle);

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(Codec.file(bundle.resolve("results.json"), Results.class)
                        .sut()
                        .backend())
                .isEqualTo("exec:" + command);
    }

    @Test
    void aFaultyRunEndsOneAndNamesTheRequirement() {
        Path bundle = folder.resolve("bundle");

        Outcome run = run("faulty:biased", "OP-Exp-VALUES", bundle);

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
        Results results = Codec.file(bundle.resolve("results.json"), Results.class);
        assertThat(results.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(bundle.resolve("views/report.html")).content().contains("OP-Exp-VALUES");
    }

    @Test
    void oneFlippedByteInAnyFileIsRefusedWithTheFile() throws IOException {
        Path bundle = folder.resolve("bundle");
        run("reference", "OP-Not-*", bundle);
        List<Path> files;
        try (Stream<Path> all = Files.walk(bundle)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThan(6);

        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            byte[] flipped = content.clone();
            flipped[content.length / 2] ^= 1;
            Files.write(file, flipped);
            Outcome verify = aiis("verify", bundle.toString());
            assertThat(verify.code())
                    .as(file + ": " + verify.out() + verify.err())
                    .isNotZero();
            assertThat(verify.out() + verify.err())
                    .contains(bundle.relativize(file).toString().replace('\\', '/'))
                    .doesNotContain("\tat ");
            Files.write(file, content);
        }
        assertThat(aiis("verify", bundle.toString()).code()).isZero();
    }

    @Test
    void aRunThatWasCutOffGoesOnToTheSameVerdicts() throws IOException {
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        run("reference", "OP-Mul-*", whole);
        Files.createDirectories(cut);
        for (String name :
                List.of("profile.yaml", "ics.yaml", "waivers.yaml", "qualification.json", "evidence.jsonl")) {
            Files.copy(whole.resolve(name), cut.resolve(name));
        }
        byte[] evidence = Files.readAllBytes(cut.resolve("evidence.jsonl"));
        // Half a line at the end, as kill -9 may leave it.
        Files.write(cut.resolve("evidence.jsonl"), java.util.Arrays.copyOf(evidence, evidence.length / 2));

        Outcome resumed = aiis("run", "--resume", "--out", cut.toString());

        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
        assertThat(aiis("verify", cut.toString()).code()).isZero();
        Results before = Codec.file(whole.resolve("results.json"), Results.class);
        Results after = Codec.file(cut.resolve("results.json"), Results.class);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aBundleThatWasResumedWithAnotherProfileIsRefused() throws IOException {
        Path whole = folder.resolve("whole");
        run("reference", "OP-Or-*", whole);
        Files.delete(whole.resolve("manifest.json"));
        Files.writeString(whole.resolve("profile.yaml"), Files.readString(whole.resolve("profile.yaml")) + "\n");

        Outcome resumed = aiis("run", "--resume", "--out", whole.toString());

        assertThat(resumed.code()).isEqualTo(2);
        assertThat(resumed.err()).contains("began with another profile");
    }

    @Test
    void aPartialRunOrOneOfTheReferenceCannotBeDeclared() {
        Path bundle = folder.resolve("bundle");
        run("reference", "OP-And-*", bundle);
        aiis(
                "keygen",
                "--role",
                "evaluation",
                "--name",
                "Lab",
                "--out",
                folder.resolve("lab").toString());

        Outcome declared = aiis(
                "declare",
                bundle.toString(),
                "--key",
                folder.resolve("lab.key.json").toString());

        assertThat(declared.code()).isEqualTo(2);
        assertThat(declared.err()).contains("may not be declared");
    }

    @Test
    void wrongNamesAreAnsweredWithTheNearest() {
        assertThat(aiis("run", "--profile", "coer@1.0").err()).contains("did you mean 'core@1.0'?");
        assertThat(aiis("run", "--backend", "cpuu", "--out", folder.resolve("x").toString())
                        .err())
                .contains("did you mean 'cpu'?");
        assertThat(aiis(
                                "run",
                                "--backend",
                                "faulty:biasd",
                                "--out",
                                folder.resolve("y").toString())
                        .err())
                .contains("did you mean 'biased'?");
        assertThat(aiis("explain", "OP-Sofmax-VALUES").err()).contains("did you mean 'OP-Softmax-VALUES'?");
        assertThat(aiis("list", "profils").err()).contains("profiles");
    }

    @Test
    void wrongUsageAndWrongInputEndTwoWithoutAStackTrace() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "profile: [");
        for (Outcome outcome : List.of(
                aiis("run", "--profile", broken.toString()),
                aiis("run", "--ics", folder.resolve("none.yaml").toString()),
                aiis("run", "--nonsense"),
                aiis("verify", folder.resolve("nothing").toString()),
                aiis("report", folder.resolve("nothing").toString()))) {
            assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
            assertThat(outcome.err()).isNotBlank().doesNotContain("\tat ");
        }
    }

    @Test
    void aFolderThatIsNotEmptyIsRefusedBeforeTheRun() throws IOException {
        Files.writeString(folder.resolve("something"), "");

        Outcome run = run("reference", "OP-Add-*", folder);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("not empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            workers: 2           | workers: -1                                        | a number from 1 to 64
            timeoutSeconds: 20   | timeoutSeconds: -5                                 | a number from 1 to 86400
            timeoutSeconds: 20   | timeoutSeconds: 1.5                                | a whole number
            timeoutSeconds: 20   | timeoutSeconds: []                                 | found a list
            claims: []           | claims: [{operator: Softmx, types: [float32]}]     | did you mean 'Softmax'?
            claims: []           | claims: [{operator: Softmax, types: [string]}]     | has no such type
            claims: []           | claims: [null]                                     | nothing in a place
            claims: []           | claims: 3                                          | expected a list, found a number
            accuracy: relaxed    | accuracy: x                                        | one of [relaxed, full]
            fallback: []         | fallback: [Nope]                                   | fallback
            determinism: []      | determinism: [foo]                                 | run-to-run
            notImplemented: []   | notImplemented: [OP-Erf-VALUES]                    | is a shall
            name: Reference      | name: Other                                        | describes itself as
            provider: Own        | provider: Foo                                      | describes itself as
            """)
    void aStatementThatDoesNotFitIsRefusedBeforeTheRunWithWhatIsWrong(String line, String wrong, String said)
            throws IOException {
        String member = line.substring(0, line.indexOf(':'));
        // A member ends where the next line is not one of its items.
        String text = drafted.replaceFirst("(?m)^( *)" + member + ":.*(\\n- .*)*$", "$1" + wrong);
        Path ics = Files.writeString(folder.resolve("ics.yaml"), text);
        Path out = folder.resolve("second");

        Outcome run = aiis("run", "--ics", ics.toString(), "--select", "OP-Not-VALUES", "--out", out.toString());

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.err()).contains("ics.yaml").contains(said).doesNotContain("\tat ", "java.", "jackson");
        assertThat(out).doesNotExist();
    }

    @Test
    void aDraftedStatementIsValidByItsSchemaAndCanBeRun() throws IOException {
        Path ics = folder.resolve("ics.yaml");
        Path bundle = folder.resolve("bundle");

        Outcome drafted = aiis("init-ics", "--backend", "cpu", "--out", ics.toString());

        assertThat(drafted.code()).as(drafted.err()).isZero();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Home.find().root().resolve("spec/schemas/ics.schema.json")));
        assertThat(schema.validate(Files.readString(ics), InputFormat.YAML)).isEmpty();
        Outcome run = aiis("run", "--ics", ics.toString(), "--select", "OP-Not-*", "--out", bundle.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    @Test
    void aCaseThatIsNotThereIsNotExplained() {
        Outcome explained = aiis("explain", "OP-Softmax-VALUES/nope");

        assertThat(explained.code()).isEqualTo(2);
        assertThat(explained.err()).contains("no case 'OP-Softmax-VALUES/nope'");
    }

    @Test
    void aReportOfBrokenEvidenceIsRefusedAndLeavesWhatWasThere() throws IOException {
        Path bundle = folder.resolve("bundle");
        run("reference", "OP-Not-VALUES", bundle);
        Files.writeString(bundle.resolve("evidence.jsonl"), "{", StandardOpenOption.APPEND);

        Outcome report = aiis("report", bundle.toString());

        assertThat(report.code()).isEqualTo(2);
        assertThat(report.err()).contains("evidence.jsonl").doesNotContain("\tat ");
        assertThat(bundle.resolve("manifest.json")).exists();
        assertThat(bundle.resolve("results.json")).exists();
    }

    @Test
    void listsAndExplanationsComeForMachinesToo() {
        assertThat(Codec.tree(
                        aiis("list", "requirements", "--profile", "core", "--json")
                                .out(),
                        "list"))
                .hasSizeGreaterThan(100);
        assertThat(Codec.tree(aiis("explain", "OP-Softmax-VALUES", "--json").out(), "explain")
                        .get("cases"))
                .isNotEmpty();
        assertThat(aiis("list", "backends").out()).contains("cpu").contains("faulty:biased");
        assertThat(aiis("explain", "OP-Softmax-VALUES").out())
                .contains("running error")
                .contains("04-operators.md:");
    }

    /** CoverageTest asks for the same without the command. */
    @Tag("long")
    @Test
    void coverageEndsOneWhileSomethingIsMissing() {
        Outcome outcome = aiis("list", "coverage", "--json");
        JsonNode coverage = Codec.tree(outcome.out(), "coverage");
        assertThat(outcome.code()).isEqualTo(coverage.get("complete").asBoolean() ? 0 : 1);
        assertThat(coverage.at("/operators/Add/versions/covered").asInt()).isPositive();
        assertThat(aiis("list", "coverage", "--profile", "core").code()).isEqualTo(2);
    }
}
