package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aiis.conformance.backend.Backends;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite fails each faulty implementation, and names the requirement that it breaks. */
class FaultyBackendsTest {
    @TempDir
    Path folder;

    /** Each fault with the requirement that its line in 'aiis list backends' says it breaks. */
    static Stream<org.junit.jupiter.params.provider.Arguments> faults() {
        return Backends.installed().variants().entrySet().stream()
                .filter(e -> e.getKey().startsWith("faulty:"))
                .map(e -> org.junit.jupiter.params.provider.Arguments.of(
                        e.getKey(), e.getValue().replaceFirst(".*; breaks ", "")));
    }

    @Test
    void thereAreAtLeastTwelveFaults() {
        assertThat(faults()).hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isFailedAndTheRequirementIsNamed(String backend, String requirement) {
        Path bundle = folder.resolve("bundle");
        // Two requirements are judged over all cases, from cases of others; each hang takes a step's whole time.
        String select = backend.equals("faulty:hangs-on-cycle")
                ? "ROB-HOSTILE/drawn-0/Cos/*"
                : switch (requirement) {
                    case "EVID-ERROR-TEXT" -> "EXCH-INPUT-MISSING";
                    case "EVID-PLACEMENT-SHARE" -> "OP-MatMul-TYPES";
                    default -> requirement;
                };
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);

        int code = Main.execute(
                stream, stream, "run", "--backend", backend, "--select", select, "--out", bundle.toString());

        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(1);
        Results results = Codec.file(bundle.resolve("results.json"), Results.class);
        assertThat(results.requirements())
                .filteredOn(r -> r.id().equals(requirement))
                .extracting(Results.RequirementResult::verdict)
                .containsExactly(Verdict.FAIL);
        assertThat(bundle.resolve("views").resolve("report.html")).content().contains(requirement);
    }
}
