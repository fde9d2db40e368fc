package org.aiis.conformance.cli;

import static org.aiis.conformance.cli.Outcome.aiis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiis diff} over bundles of the oracle, of faulty implementations of it, and of ONNX Runtime. */
class DiffCommandTest {
    @TempDir
    static Path folder;

    @TempDir
    Path out;

    @BeforeAll
    static void runs() {
        for (String backend : new String[] {"reference", "cpu", "faulty:dies-on-erf", "faulty:nan-swallowed"}) {
            Outcome run = aiis(
                    "run",
                    "--backend",
                    backend,
                    "--select",
                    "OP-Erf-SPECIAL",
                    "--select",
                    "OP-Erf-VALUES",
                    "--select",
                    "OP-Not-TYPES",
                    "--select",
                    "OP-RandomUniform-VALUES",
                    "--out",
                    bundle(backend));
            // 3: waivers of cases that pass, or are not selected, leave a verdict open.
            assertThat(run.code()).as(run.err()).isIn(0, 1, 3);
        }
    }

    private static String bundle(String backend) {
        return folder.resolve(backend.replace(':', '-')).toString();
    }

    private static Outcome told(String... args) {
        return aiis(
                Stream.concat(Stream.of("diff", "--as-told"), Stream.of(args)).toArray(String[]::new));
    }

    @Test
    void aBundleDiffersFromItselfInNothing() {
        Outcome diff = told(bundle("cpu"), bundle("cpu"));

        assertThat(diff.code()).as(diff.err()).isZero();
        assertThat(diff.out())
                .contains("0 other numbers; 0 worse, 0 better, 0 otherwise, 0 flaky")
                .doesNotContain("\nmoved ", "\nverdict ", "\nsystem ", "\nproperty ");
    }

    @Test
    void aDeathIsWorseAndToldWithItsCaseAndTheWayBackIsBetter() {
        Outcome worse = aiis("diff", bundle("reference"), bundle("faulty:dies-on-erf"));
        assertThat(worse.code()).as(worse.err()).isEqualTo(1);
        assertThat(worse.out())
                .contains("pass → crashed: process died: Erf", "OP-Erf-", "verdict   OP-Erf-VALUES: PASS → FAIL")
                .contains("system    backend: reference → faulty:dies-on-erf");

        Outcome better = told(bundle("faulty:dies-on-erf"), bundle("reference"));
        assertThat(better.code()).as(better.err()).isZero();
        assertThat(better.out()).contains("0 worse", "crashed → pass");
    }

    @Test
    void aLostNanIsWorseAndIsNoNumber() {
        Outcome diff = told(bundle("reference"), bundle("faulty:nan-swallowed"), "--json");
        assertThat(diff.code()).as(diff.err()).isEqualTo(1);
        JsonNode json = Codec.tree(diff.out(), "standard output");
        assertThat(json.at("/causes/0/what").asText()).contains("NaN lost");
        assertThat(json.at("/moved/0/apart/special").asLong()).isPositive();
    }

    /** The oracle rounds to nearest; ONNX Runtime's Erf is a polynomial: right, and not the same. */
    @Test
    void numbersThatMovedWithinTheLimitAreNoLossAndAreMeasured() {
        Outcome diff = told(bundle("reference"), bundle("cpu"), "--select", "OP-Erf-VALUES/float32/*", "--json");
        assertThat(diff.code()).as(diff.err()).isZero();
        JsonNode movement = Codec.tree(diff.out(), "standard output").at("/movements/0");
        assertThat(movement.at("/requirement").asText()).isEqualTo("OP-Erf-VALUES");
        assertThat(movement.at("/limits").asDouble()).isBetween(0.01, 1.0);
        assertThat(movement.at("/steps").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(movement.at("/unit").asText()).isEqualTo("ulp");
        assertThat(movement.at("/errorBefore").asDouble())
                .isLessThan(movement.at("/errorNow").asDouble());
    }

    @Test
    void whatDrawsAtRandomIsNotHeldAgainstAnyone() {
        Outcome diff = told(bundle("reference"), bundle("cpu"), "--select", "OP-RandomUniform-*");
        assertThat(diff.out()).contains("0 other numbers", "draw at random and gave other numbers");
    }

    @Test
    void aTamperedBundleIsNamedWithTheFileAndTheReason() throws IOException {
        Path tampered = out.resolve("tampered");
        try (Stream<Path> files = Files.walk(Path.of(bundle("cpu")))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        tampered.resolve(Path.of(bundle("cpu")).relativize(file).toString()));
            }
        }
        Path results = tampered.resolve("results.json");
        Files.writeString(results, Files.readString(results).replace("\"quick\"", "\"full\""));

        for (String[] more : new String[][] {{}, {"--as-told"}}) {
            String[] args = Stream.concat(Stream.of("diff", bundle("cpu"), tampered.toString()), Stream.of(more))
                    .toArray(String[]::new);
            Outcome diff = aiis(args);
            assertThat(diff.code()).isEqualTo(2);
            assertThat(diff.err())
                    .contains(tampered + " does not verify", "results.json")
                    .hasLineCount(1);
        }
    }

    @Test
    void whatIsNoBundleAndASelectionOfNothingAreToldInALine() {
        assertThat(told(bundle("cpu"), out.toString()))
                .matches(o -> o.code() == 2 && o.err().contains("manifest.json"));
        assertThat(told(bundle("cpu"), bundle("cpu"), "--select", "OP-Abs-*"))
                .matches(o -> o.code() == 2 && o.err().contains("no case in common"));
        assertThat(aiis("diff", bundle("cpu")).code()).isEqualTo(2);
    }
}
