package org.aiis.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check fails a worker that breaks its rule, and none fails one that breaks none. */
@org.junit.jupiter.api.Tag("long")
class SelfTestTest {
    private static List<String> worker(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<CheckReport> run(String pattern, String... faults) {
        SelfTest selfTest = new SelfTest(worker(FaultyAdapter.class.getName(), faults), Duration.ofSeconds(60));
        return selfTest.run(pattern, report -> {});
    }

    @Test
    void aWorkerWrittenFromTheTextAlonePassesEveryCheck() {
        assertThat(run("*"))
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        report -> assertThat(report.failed()).as(report.line()).isFalse())
                .filteredOn(report -> report.outcome().equals("SKIP"))
                .allSatisfy(report -> assertThat(report.found()).isNotBlank())
                // Its runtime adds float32 only, tells no placement and no times, reads no file and runs no load.
                .extracting(CheckReport::name)
                .allMatch(name -> name.matches(
                        "values/add-.*|models/placement|models/times|models/folder|models/path|models/measure"));
    }

    @Test
    void theSuitesOwnWorkerPassesEveryCheckOfHandlesAndHeaders() {
        SelfTest selfTest =
                new SelfTest(worker("org.aiis.conformance.worker.WorkerMain", "reference"), Duration.ofSeconds(60));
        for (String pattern : List.of("handles/*", "models/*", "violations/w*", "violations/member-twice")) {
            assertThat(selfTest.run(pattern, report -> {}))
                    .filteredOn(report -> !report.name().equals("models/times")) // The oracle tells no times.
                    .allSatisfy(report ->
                            assertThat(report.outcome()).as(report.line()).isEqualTo("PASS"));
        }
    }

    @Test
    void aWorkerThatTimesNodesPassesTheCheckOfTimes() {
        SelfTest selfTest =
                new SelfTest(worker("org.aiis.conformance.worker.WorkerMain", "cpu"), Duration.ofSeconds(60));
        assertThat(selfTest.run("models/times", report -> {}))
                .singleElement()
                .satisfies(
                        report -> assertThat(report.outcome()).as(report.line()).isEqualTo("PASS"));
    }

    @ParameterizedTest
    @CsvSource({
        "standard-output, start/describe, descriptor 1",
        "prints, start/describe, magic",
        "uptime, start/describe-again, then",
        "uptime, start/other-process, then",
        "any-protocol, start/other-protocol, answered",
        "descriptor-3, start/other-descriptor, ended",
        "standard-output, start/noise, descriptor 1",
        "stays, start/end-of-input, lived on",
        "stays, start/end-inside-a-frame, lived on",
        "one-read, frames/byte-by-byte, ended",
        "one-read, frames/odd-pieces, ended",
        "own-ids, frames/ids-jump, answered with id",
        "over-limit, frames/answer-over-the-limit, is allowed",
        "keeps-first, handles/put-replaces, instead of",
        "keeps-first, handles/load-replaces, instead of",
        "never-drops, handles/dropped, instead of not-driven",
        "rejects-unknown, handles/unknown-tensor, instead of not-driven",
        "rejects-unknown, handles/unknown-model, instead of not-driven",
        "rejects-unknown, handles/unknown-close, instead of not-driven",
        "rejects-unknown, handles/unknown-kept, instead of not-driven",
        "never-closes, handles/closed, instead of not-driven",
        "fetches-all, handles/fetch, asked for",
        "fetches-all, handles/keep, asked for",
        "twice, handles/get-leaves, ",
        "swaps, values/kept-int16, instead of",
        "swaps, values/identity-int16, instead of",
        "cuts-at-nul, values/strings, instead of",
        "latin-1, values/strings, UTF-8",
        "scalar-is-a-row, values/kept-float32, instead of",
        "dies-of-garbage, models/garbage, 134",
        "phase-run, models/garbage, phase=RUN",
        "phase-run, models/cut-off, phase=RUN",
        "leaks-models, life/1000-models, resident",
        "leaks-tensors, life/1000-tensors, resident",
        "any-magic, violations/wrong-magic, instead of ending",
        "any-crc, violations/wrong-crc, instead of ending",
        "any-length, violations/over-the-limit, lived on",
        "trailing, violations/trailing-bytes, instead of ending",
        "lenient, violations/member-twice, instead of ending",
        "lenient, violations/behind-the-header, instead of ending",
        "unknown-members, violations/unknown-member, instead of ending",
        "unused, violations/unused-attachment, instead of ending",
        "any-size, violations/tensor-too-short, instead of ending",
        "lives-on, violations/unknown-step, lived on",
    })
    void aBrokenRuleFailsItsCheck(String fault, String check, String found) {
        assertThat(run(check, fault)).singleElement().satisfies(report -> {
            assertThat(report.outcome()).as(report.line()).isEqualTo("FAIL");
            assertThat(report.found()).contains(found == null ? "" : found);
        });
    }

    @Test
    void aPatternThatTakesNoCheckIsNamedWithThoseThatThereAre() {
        assertThatThrownBy(() -> run("frame/*"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("frames/byte-by-byte");
    }
}
