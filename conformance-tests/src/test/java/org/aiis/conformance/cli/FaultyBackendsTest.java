package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aiis.conformance.backend.Backends;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite fails each faulty implementation, and names the requirement that it breaks. */
class FaultyBackendsTest {
    @TempDir
    Path folder;

    /** Each fault with the requirement that its line in 'aiis list backends' says it breaks. */
    static Stream<Arguments> faults() {
        return Backends.installed().variants().entrySet().stream()
                .filter(e -> e.getKey().startsWith("faulty:"))
                .map(e -> Arguments.of(e.getKey(), e.getValue().replaceFirst(".*; breaks ", "")));
    }

    @Test
    void thereAreAtLeastTwelveFaults() {
        assertThat(faults()).hasSizeGreaterThanOrEqualTo(12);
    }

    static Stream<Arguments> faultsThatTakeLong() {
        return faults().filter(FaultyBackendsTest::takesLong);
    }

    static Stream<Arguments> otherFaults() {
        return faults().filter(fault -> !takesLong(fault));
    }

    /** Of the life of a session, and of the pipeline, whose faults FaultyTwinTest and TrainingFaultsTest find in quick tests too. */
    private static boolean takesLong(Arguments fault) {
        return fault.get()[1].toString().matches("(SESS|PRE|FEAT|TRAIN|EVAL|DEPL)-.*");
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("faultsThatTakeLong")
    void soIsOneOfASessionOrOfThePipeline(String backend, String requirement) {
        isFailedAndTheRequirementIsNamed(backend, requirement);
    }

    @ParameterizedTest
    @MethodSource("otherFaults")
    void isFailedAndTheRequirementIsNamed(String backend, String requirement) {
        Path bundle = folder.resolve("bundle");
        Said said = run(backend, select(backend, requirement), bundle, impatience(backend));

        // A recommendation that is not followed leaves the verdict to the rest, which was not driven.
        int code = requirement.equals("NUM-CHAIN-QDQ") ? 3 : 1;
        assertThat(said.code()).as(said.text()).isEqualTo(code);
        Results results = Codec.file(bundle.resolve("results.json"), Results.class);
        assertThat(results.requirements())
                .filteredOn(r -> r.id().equals(requirement))
                .extracting(Results.RequirementResult::verdict)
                .containsExactly(Verdict.FAIL);
        assertThat(bundle.resolve("views").resolve("report.html")).content().contains(requirement);
    }

    /** What to run: the requirement, or less where all its cases take long and a few hold the fault. */
    private static String select(String backend, String requirement) {
        return switch (backend) {
            case "faulty:hangs-on-cycle" -> "ROB-HOSTILE/drawn-0/Cos/00-*";
            case "faulty:dies-of-blank-input" -> "ROB-HOSTILE/drawn-0/Sign/01-*";
            case "faulty:writes-outside" -> "ROB-HOSTILE/drawn-0/StringNormalizer/*";
            case "faulty:one-output-buffer" -> "SESS-CONCURRENT-RUNS/layers-4";
            case "faulty:gradient-scaled" -> "TRAIN-STEP-GRADIENT/recurrent-network";
            case "faulty:labels-shuffled" -> "TRAIN-STEP-LOSS/recurrent-network";
            case "faulty:batch-stale" -> "TRAIN-TEN-STEPS/recurrent-network";
            case "faulty:adam-uncorrected" -> "TRAIN-TEN-STEPS/recurrent-network";
            case "faulty:rate-fixed" -> "TRAIN-SCHEDULE";
            case "faulty:dies-on-erf" -> "OP-Erf-VALUES/float32/*/uniform";
            case "faulty:dies-running-cumsum" -> "OP-CumSum-SHAPES/float32/*/axis-0";
            case "faulty:hangs-on-empty-not" -> "OP-Not-SHAPES/bool/*/zero-size";
            default ->
                switch (requirement) {
                    // Two requirements are judged over all cases, from cases of others.
                    case "EVID-ERROR-TEXT" -> "EXCH-INPUT-MISSING";
                    case "EVID-PLACEMENT-SHARE" -> "OP-MatMul-TYPES";
                    default -> requirement;
                };
        };
    }

    /** A statement that waits three seconds for a step, for a backend that hangs; each hang takes the whole of it. */
    private String[] impatience(String backend) {
        if (!backend.startsWith("faulty:hangs")) {
            return new String[0];
        }
        Path first = folder.resolve("first");
        run(backend, "EXCH-OUTPUT-NAMES", first);
        Path ics = folder.resolve("ics.yaml");
        try {
            String drafted = Files.readString(first.resolve("ics.yaml"));
            assertThat(drafted).contains("timeoutSeconds: 20");
            Files.writeString(ics, drafted.replace("timeoutSeconds: 20", "timeoutSeconds: 3"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String[] {"--ics", ics.toString()};
    }

    private static Said run(String backend, String select, Path bundle, String... more) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        String profile = select.startsWith("SESS-")
                ? "sessions@1.0"
                : select.matches("(PRE|FEAT|TRAIN|EVAL|DEPL)-.*") ? "pipeline@1.0" : "core@1.0";
        // Two test classes run at once: a worker for each of two processors.
        String[] fixed = {
            "run",
            "--profile",
            profile,
            "--backend",
            backend,
            "--workers",
            "1",
            "--select",
            select,
            "--out",
            bundle.toString()
        };
        int code = Main.execute(
                stream, stream, Stream.of(fixed, more).flatMap(Stream::of).toArray(String[]::new));
        return new Said(code, said.toString(StandardCharsets.UTF_8));
    }

    private record Said(int code, String text) {}
}
