package org.aiis.conformance.cli;

import static org.aiis.conformance.cli.Outcome.aiis;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the death of a process comes from, through the command line. */
class DeathsTest {
    /** A run that two tests read. */
    @TempDir
    static Path poisoned;

    @TempDir
    Path folder;

    @BeforeAll
    static void aCaseIsDrivenThatKillsALaterOne() {
        run(poisoned, "rogue:poisons", "OP-Not-*", "OP-Or-*");
    }

    private static Results results(Path folder) {
        return Codec.file(folder.resolve("bundle/results.json"), Results.class);
    }

    private static Results run(Path folder, String backend, String... selects) {
        java.util.List<String> args = new java.util.ArrayList<>(List.of(
                "run",
                "--backend",
                backend,
                "--workers",
                "1",
                "--out",
                folder.resolve("bundle").toString()));
        for (String select : selects) {
            args.addAll(List.of("--select", select));
        }
        Outcome run = aiis(args.toArray(String[]::new));
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
        Outcome verify = aiis("verify", folder.resolve("bundle").toString());
        assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
        return results(folder);
    }

    private static Evidence evidence(Path folder) {
        return Bundle.open(folder.resolve("bundle")).evidence();
    }

    @Test
    void aDeathThatAnEarlierCaseCausedIsBlamedOnThatOne() throws IOException {
        Results results = results(poisoned);

        assertThat(results.deaths()).singleElement().satisfies(death -> {
            assertThat(death.id()).matches("OP-Or-SHAPES/.*zero-size.*");
            assertThat(death.origin()).contains(Origin.EARLIER);
            assertThat(death.after()).singleElement().asString().matches("OP-Not-SHAPES/.*zero-size.*");
            assertThat(death.what())
                    .contains("a process dies here after OP-Not-")
                    .contains("alone it does not");
        });
        assertThat(results.groups()).singleElement().satisfies(group -> {
            assertThat(group.operators()).containsExactly("Not");
            assertThat(group.what()).contains("1 of 1 at a later case of the same process, after OP-Not-");
        });
        String victim = results.deaths().get(0).id();
        Entry.Traced traced = evidence(poisoned).repeated().traced(victim).orElseThrow();
        assertThat(traced.died()).isEqualTo(traced.shown()).isGreaterThan(1);
        assertThat(traced.history()).isGreaterThan(1);
        assertThat(evidence(poisoned).findings().get(victim).verdict()).isEqualTo(Verdict.FAIL);
        Path report = poisoned.resolve("bundle/views/report.html");
        assertThat(Files.readString(report)).contains("a process dies here after OP-Not-");
    }

    @Test
    void itsReproductionHoldsBothModelsAndShowsThemInOrder() {
        Results results = results(poisoned);

        Path reproduction = poisoned.resolve("bundle")
                .resolve(Layout.reproduction(results.deaths().get(0).id()));
        assertThat(reproduction.resolve("model.onnx")).exists();
        assertThat(reproduction.resolve("before/1/model.onnx")).exists();
        assertThat(reproduction.resolve("replay.py")).content().contains("before/1/");
        Outcome both = aiis("replay", reproduction.toString(), "--backend", "rogue:poisons");
        assertThat(both.code()).as(both.out() + both.err()).isEqualTo(1);
        assertThat(both.out()).contains("crashed");
        Outcome alone = aiis("replay", reproduction.toString(), "--alone", "--backend", "rogue:poisons");
        assertThat(alone.code()).as(alone.out() + alone.err()).isZero();
    }

    @Test
    void aDeathThatDoesNotHappenAgainIsSaidToHaveBeenSeenOnceAndStaysAFailure() {
        Results results = run(folder, "rogue:dies-once", "OP-Not-*");

        assertThat(results.deaths()).singleElement().satisfies(death -> {
            assertThat(death.origin()).contains(Origin.NOT_AGAIN);
            assertThat(death.after()).isEmpty();
            assertThat(death.what()).contains("seen once");
        });
        assertThat(results.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(results.flaky()).hasSize(1);
        assertThat(results.groups()).singleElement().satisfies(group -> {
            assertThat(group.kind()).isEqualTo("crashed-once");
            assertThat(group.what()).contains("once and not again");
        });
    }

    @Test
    void aDeathThatComesWithItsCaseIsItsOwnAndNothingIsSearched() {
        Results results = run(folder, "rogue:exits", "OP-Not-*");

        assertThat(results.deaths()).singleElement().satisfies(death -> assertThat(death.origin())
                .isEqualTo(Optional.of(Origin.OWN)));
        assertThat(evidence(folder).repeated().traced()).isEmpty();
        assertThat(results.flaky()).isEmpty();
    }
}
