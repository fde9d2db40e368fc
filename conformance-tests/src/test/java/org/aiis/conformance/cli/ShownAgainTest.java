package org.aiis.conformance.cli;

import static org.aiis.conformance.cli.Outcome.aiis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.aiis.report.bundle.Bundle;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases shown again, and a run told against an earlier one, through the command line. */
class ShownAgainTest {
    @TempDir
    Path folder;

    private Outcome run(String backend, String select, String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "run",
                "--backend",
                backend,
                "--select",
                select,
                "--out",
                folder.resolve(out).toString()));
        args.addAll(List.of(more));
        return aiis(args.toArray(String[]::new));
    }

    private Results results(String bundle) {
        return Codec.file(folder.resolve(bundle).resolve("results.json"), Results.class);
    }

    private void verifies(String bundle) {
        Outcome verify = aiis("verify", folder.resolve(bundle).toString());
        assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
    }

    private static Results.Repeat repeat(Results results, Purpose purpose) {
        return results.repeats().stream()
                .filter(r -> r.purpose() == purpose)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBackendThatDoesSomethingElseTheSecondTimeIsFlakyAndItsVerdictsStay() throws IOException {
        run("faulty:worn", "OP-Neg-*", "statement");
        // One worker: a model comes back to the process that has seen it.
        Path ics = Files.writeString(
                folder.resolve("ics.yaml"),
                Files.readString(folder.resolve("statement/ics.yaml")).replaceFirst("workers: \\d+", "workers: 1"));
        SortedMap<String, Finding> findings =
                Bundle.open(folder.resolve("statement")).evidence().findings();
        long seed = LongStream.range(1, 1000)
                .filter(s -> Repeats.of(Grade.QUICK, false, false).select(Purpose.REPEAT, s, findings).stream()
                        .anyMatch(id -> id.startsWith("OP-Neg-VALUES/float32/")))
                .findFirst()
                .orElseThrow();

        Outcome run = run("faulty:worn", "OP-Neg-*", "flaky", "--ics", ics.toString(), "--seed", Long.toString(seed));

        Results results = results("flaky");
        assertThat(results.flaky()).as(run.out() + run.err()).isNotEmpty();
        assertThat(repeat(results, Purpose.REPEAT).differing())
                .isEqualTo(results.flaky().size());
        assertThat(results.flaky()).anySatisfy(f -> {
            assertThat(f.first()).isEqualTo(Verdict.PASS);
            assertThat(f.second()).isEqualTo(Verdict.FAIL);
            assertThat(results.requirements()).noneMatch(r -> r.failing().contains(f.id()));
        });
        assertThat(run.out()).contains("did something else").contains("flaky  OP-Neg-");
        verifies("flaky");
    }

    @Test
    void aFaultOfTheOptimiserIsNamedWithBothVerdicts() {
        Outcome run = run("faulty:abs-optimised-away", "OP-Abs-*", "levels", "--both-levels");

        Results results = results("levels");
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
        assertThat(repeat(results, Purpose.UNOPTIMISED).cases())
                .isEqualTo(results.counts().values().stream().mapToInt(n -> n).sum());
        assertThat(results.levels())
                .isNotEmpty()
                .anyMatch(l -> l.optimised() == Verdict.FAIL && l.unoptimised() == Verdict.PASS);
        verifies("levels");
    }

    @Test
    void bothLevelsAreRefusedWhereThereIsOne() {
        Outcome run = run("reference", "OP-Abs-*", "levels", "--both-levels");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no setting that turns graph optimisation off");
    }

    @Test
    void aRunThatWasCutOffWhileItShowedCasesAgainGoesOnToTheSameResults() throws IOException {
        run("faulty:floor-for-round+nan-swallowed/nan-swallowed", "OP-Round-*", "whole");
        Path cut = Files.createDirectories(folder.resolve("cut"));
        for (String name : List.of("profile.yaml", "ics.yaml", "waivers.yaml", "qualification.json")) {
            Files.copy(folder.resolve("whole").resolve(name), cut.resolve(name));
        }
        List<String> lines = Files.readAllLines(folder.resolve("whole/evidence.jsonl"));
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.contains("\"event\":\"again\""))
                .findFirst()
                .orElseThrow());
        Files.writeString(cut.resolve("evidence.jsonl"), String.join("\n", lines.subList(0, first + 2)) + "\n");

        Outcome resumed = aiis("run", "--resume", "--out", cut.toString());

        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isEqualTo(1);
        assertThat(results("cut")).isEqualTo(results("whole"));
        verifies("cut");
    }

    @Test
    void againstABaselineOnlyWhatIsNewEndsOne() throws IOException {
        run("faulty:zero-sign-lost", "OP-Neg-*", "before");
        String baseline = folder.resolve("before").toString();

        Outcome same = run("faulty:zero-sign-lost", "OP-Neg-*", "same", "--baseline", baseline);
        Outcome worse = run("faulty:tail-dropped", "OP-Neg-*", "worse", "--baseline", baseline, "--json");
        Outcome better = run("reference", "OP-Neg-*", "better", "--baseline", baseline);

        assertThat(same.code()).as(same.out() + same.err()).isZero();
        assertThat(same.out()).contains("0 new, 0 fixed, 0 flaky").contains("still     OP-Neg-");
        assertThat(results("same").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(worse.code()).isEqualTo(1);
        JsonNode told = Codec.tree(worse.out(), "output");
        assertThat(told.at("/changes/fresh")).isNotEmpty();
        assertThat(told.at("/results/verdict").asText()).isEqualTo("FAIL");
        assertThat(better.code()).isZero();
        assertThat(better.out()).contains("0 new").contains("fixed     OP-Neg-").contains("note: another system");
        verifies("same");
    }

    @Test
    void aBaselineThatDoesNotVerifyIsRefusedBeforeAnythingRuns() throws IOException {
        run("reference", "OP-Not-*", "before");
        Path results = folder.resolve("before/results.json");
        Files.writeString(results, Files.readString(results).replace("PASS", "FAIL"));

        Outcome run = run(
                "reference",
                "OP-Not-*",
                "after",
                "--baseline",
                folder.resolve("before").toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("baseline").contains("results.json");
        assertThat(folder.resolve("after")).doesNotExist();
    }
}
