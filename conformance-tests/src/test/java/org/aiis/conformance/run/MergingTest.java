package org.aiis.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.junit.ConformanceLauncher;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.scheme.Profiles;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.report.Reports;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Qualification;
import org.aiis.report.verify.Verification;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Chain;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Shard;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A session in parts, each a run of its own, and one bundle of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@org.junit.jupiter.api.Tag("long")
class MergingTest {
    private static final List<String> SELECT = List.of("OP-Not-*", "OP-Erf-*", "EXCH-*");
    private static final int PARTS = 4;

    private final Suite suite = Suite.load(Home.find());

    @TempDir
    static Path folder = Path.of("");

    private Path mood = Path.of("");
    private List<Path> parts = List.of();

    @BeforeAll
    void drive() {
        mood = folder.resolve("mood");
        parts = IntStream.rangeClosed(1, PARTS)
                .mapToObj(i -> run("part-" + i, Optional.of(new Shard(i, PARTS)), 0, 1 + i % 2))
                .toList();
    }

    @Test
    void theResultsOfTheMergedPartsAreThoseOfOneRunByteForByte() throws IOException {
        Path whole = run("whole", Optional.empty(), 0, 2);
        Path merged = merged("merged", parts);
        assertThat(merged.resolve("results.json")).hasSameBinaryContentAs(whole.resolve("results.json"));
        assertThat(verified(merged)).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
        assertThat(Bundle.open(merged).evidence().shards().differences()).anyMatch(d -> d.startsWith("workers: 1/4 2"));
        assertThat(merged.resolve("views").resolve("report.html")).content().contains("4 parts");
    }

    @Test
    void aPartAloneVerifiesAndCanBeNeitherDeclaredNorCertified() {
        Path part = parts.get(1);
        assertThat(verified(part)).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
        Results results = Bundle.open(part).results();
        assertThat(results.notCertifiable()).anyMatch(reason -> reason.contains("the part 2/4 of a session"));
        assertThat(results.line()).endsWith("part 2/4");
    }

    @Test
    void theOrderOfTheBundlesDoesNotMatter() {
        List<Path> turned = new ArrayList<>(parts);
        java.util.Collections.reverse(turned);
        assertThat(merged("turned", turned).resolve("evidence.jsonl"))
                .hasSameBinaryContentAs(merged("straight", parts).resolve("evidence.jsonl"));
    }

    @Test
    void aMissingPartIsRefused() {
        refused(parts.subList(0, 3), "each part");
    }

    @Test
    void aPartGivenTwiceIsRefused() {
        refused(List.of(parts.get(0), parts.get(1), parts.get(2), parts.get(2)), "each part");
    }

    @Test
    void aRunOfTheWholeIsNoPart() {
        refused(List.of(run("one", Optional.empty(), 0, 1)), "not a part");
    }

    @Test
    void aPartWithAnotherSeedIsRefused() {
        refused(with(1, run("seeded", Optional.of(new Shard(2, PARTS)), 7, 1)), "another seed");
    }

    @Test
    void aPartThatWasTamperedWithIsRefused() throws IOException {
        Path copy = copied(parts.get(3), "tampered", line -> true);
        Path results = copy.resolve("results.json");
        Files.writeString(results, Files.readString(results).replace("\"verdict\"", "\"verdict\" "));
        refused(with(3, copy), "only intact bundles");
    }

    /** The same description of itself, and other answers: what the cases common to all parts are for. */
    @Test
    void aPartThatAnswersOtherwiseShowsInTheCommonCases() throws IOException {
        Files.createFile(mood);
        Path moody;
        try {
            moody = run("moody", Optional.of(new Shard(3, PARTS)), 0, 1);
        } finally {
            Files.delete(mood);
        }
        Path merged = merged("disagreeing", with(2, moody));
        Bundle bundle = Bundle.open(merged);
        assertThat(verified(merged)).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
        Set<String> common = bundle.evidence().shards().common().keySet();
        assertThat(bundle.results().flaky())
                .filteredOn(f -> common.contains(f.id()))
                .isNotEmpty()
                .allSatisfy(f -> {
                    assertThat(f.second()).isEqualTo(Verdict.PASS);
                    assertThat(f.first()).isGreaterThan(Verdict.PASS);
                    assertThat(f.what())
                            .isEqualTo("the parts of the session disagree: 1: PASS, 2: PASS, 3: " + f.first()
                                    + ", 4: PASS");
                    assertThat(bundle.evidence().findings().get(f.id()).verdict())
                            .isEqualTo(f.first());
                })
                .anyMatch(f -> f.first() == Verdict.FAIL);
        assertThat(bundle.results().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void whatAPartSaidOfACommonCaseCannotBeLeftOut() throws IOException {
        Path merged = merged("complete", parts);
        Path cut = copied(merged, "cut", new Predicate<>() {
            private boolean dropped;

            @Override
            public boolean test(Entry entry) {
                boolean drop = !dropped && entry instanceof Entry.InShard;
                dropped |= drop;
                return !drop;
            }
        });
        new Reports(suite.standard(), new Rejudging(suite)).write(cut);
        assertThat(new Reports(suite.standard(), new Rejudging(suite))
                        .verify(cut, done -> {})
                        .line())
                .contains("common to all parts, and told of 3");
    }

    /** As after kill -9: the log breaks off in the middle of a line. */
    @Test
    void aPartThatWasKilledGoesOnAndMergesToTheSame() throws IOException {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        for (String file : List.of("evidence.jsonl", "profile.yaml", "ics.yaml", "waivers.yaml")) {
            Files.copy(parts.get(0).resolve(file), killed.resolve(file));
        }
        byte[] all = Files.readAllBytes(killed.resolve("evidence.jsonl"));
        Files.write(killed.resolve("evidence.jsonl"), java.util.Arrays.copyOf(all, all.length * 3 / 5));
        Plan plan = Run.planOf(suite, killed);
        assertThat(plan.shard()).contains(new Shard(1, PARTS));
        try (WorkerPool pool = WorkerPool.start(settings());
                Run run = Run.resume(suite, plan, killed, pool, Progress.SILENT)) {
            finish(run, 1);
        }
        assertThat(merged("resumed", with(0, killed)).resolve("results.json"))
                .hasSameBinaryContentAs(merged("unbroken", parts).resolve("results.json"));
    }

    private Path run(String name, Optional<Shard> shard, long seed, int workers) {
        Path bundle = folder.resolve(name);
        try (WorkerPool pool = WorkerPool.start(settings().withWorkers(workers))) {
            Plan plan = new Plan(
                            new Profiles(suite.standard(), suite.home()).resolve("core"),
                            IcsDraft.minimal(pool.sut(), workers, settings().options()),
                            List.of(),
                            Grade.QUICK,
                            SELECT,
                            seed)
                    .part(shard)
                    .repeating(system(), Optional.empty());
            try (Run run = Run.begin(suite, plan, Qualification.NONE, bundle, pool, Progress.SILENT)) {
                finish(run, workers);
            }
        }
        return bundle;
    }

    private void finish(Run run, int workers) {
        ConformanceLauncher.drive(run.runner(), workers);
        run.showAgain(system(), workers);
        run.finish();
    }

    private BackendUri system() {
        return BackendUri.of("moody", settings().options());
    }

    private WorkerSettings settings() {
        return WorkerSettings.of("moody")
                .withStepTimeout(Duration.ofSeconds(60))
                .withOptions(new TreeMap<>(Map.of("mood", mood.toString())));
    }

    private Path merged(String name, List<Path> bundles) {
        Path merged = folder.resolve(name);
        Merging.merge(suite, bundles, merged, Progress.SILENT);
        return merged;
    }

    private void refused(List<Path> bundles, String because) {
        assertThatThrownBy(() -> Merging.merge(suite, bundles, folder.resolve("refused"), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(because);
    }

    private List<Path> with(int at, Path other) {
        List<Path> changed = new ArrayList<>(parts);
        changed.set(at, other);
        return changed;
    }

    private Verification.Status verified(Path bundle) {
        return new Reports(suite.standard(), new Rejudging(suite))
                .verify(bundle, done -> {})
                .status();
    }

    /** A bundle with the lines of its evidence that are to stay, its chain closed again. */
    private Path copied(Path bundle, String name, Predicate<Entry> stays) throws IOException {
        Path copy = folder.resolve(name);
        try (var tree = Files.walk(bundle)) {
            for (Path from : tree.toList()) {
                Files.copy(from, copy.resolve(bundle.relativize(from).toString()));
            }
        }
        Chain there = new Chain();
        Chain here = new Chain();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(bundle.resolve("evidence.jsonl"))) {
            Entry entry = there.read(line, "evidence.jsonl");
            if (stays.test(entry)) {
                lines.add(here.append(entry));
            }
        }
        Files.writeString(copy.resolve("evidence.jsonl"), String.join("\n", lines) + "\n");
        return copy;
    }
}
