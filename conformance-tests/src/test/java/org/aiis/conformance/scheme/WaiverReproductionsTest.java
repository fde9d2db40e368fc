package org.aiis.conformance.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.standard.StandardReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each waiver's deviation shows without the suite. The reproductions are Python; where no Python with the packages of
 * {@code profiles/waivers/requirements.txt} is at hand (environment AIIS_PYTHON, else python3) they are skipped.
 */
class WaiverReproductionsTest {
    private static final Home HOME = Home.find();
    private static final String PYTHON = System.getenv().getOrDefault("AIIS_PYTHON", "python3");

    /** What a script exits with whose deviation only other processors show. */
    private static final int OTHER_PROCESSOR = 77;

    private static boolean ready;

    @BeforeAll
    static void asked() throws InterruptedException {
        ready = exit(List.of(PYTHON, "-c", "import numpy, onnx, onnxruntime")) == 0;
    }

    /** Those of the waivers, and those that stand in the folder beside them. */
    static Stream<String> reproductions() throws IOException {
        Path waivers = HOME.profiles().resolve("waivers");
        try (Stream<Path> files = Files.walk(waivers)) {
            List<String> inFolder = files.filter(f -> f.toString().endsWith(".py"))
                    .map(f -> waivers.relativize(f).toString())
                    .toList();
            return Stream.concat(
                            Waivers.read(StandardReader.bundled(), HOME).stream()
                                    .map(Waiver::reproduction),
                            inFolder.stream())
                    .distinct()
                    .sorted();
        }
    }

    @Test
    void everyReproductionIsListedAmongTheFindings() throws IOException {
        String findings = Files.readString(HOME.profiles().resolve("waivers/FINDINGS.md"));

        assertThat(reproductions()).isNotEmpty().allSatisfy(script -> assertThat(findings)
                .contains("| " + Path.of(script).getFileName() + " |"));
    }

    @ParameterizedTest
    @MethodSource("reproductions")
    void showsTheDeviation(String reproduction) throws Exception {
        assumeTrue(ready, PYTHON + " lacks the packages of profiles/waivers/requirements.txt");
        Path script = HOME.profiles().resolve("waivers").resolve(reproduction);

        int exit = exit(List.of(PYTHON, script.toString()));

        assumeTrue(exit != OTHER_PROCESSOR, script + " shows nothing on this processor, and says so");
        assertThat(exit).as("0 means that the deviation was seen: %s", script).isZero();
    }

    private static int exit(List<String> command) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return 127;
        }
        try (var output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(said).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return 127;
        }
    }
}
