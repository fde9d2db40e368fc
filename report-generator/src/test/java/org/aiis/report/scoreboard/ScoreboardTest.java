package org.aiis.report.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.report.Reports;
import org.aiis.report.toy.Toy;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Toy runs side by side. */
class ScoreboardTest {
    private static final String HOSTILE =
            "</script><script>alert('x')</script>\"&\u202E\u0007\u2028$page.title()#set($a=1)";
    private static final String ADD = "OP-Add-VALUES/float32/ordinary";

    @TempDir
    Path temp;

    private final List<ToyRun> runs = new ArrayList<>();

    private ToyRun run() {
        ToyRun run = new ToyRun();
        runs.add(run);
        return run;
    }

    private static Reports reports(ToyRun run) {
        return new Reports(run.standard, run.toy);
    }

    private Scoreboard board() {
        List<Entrant> entrants = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            ToyRun run = runs.get(i);
            Path folder = run.sealed(temp.resolve("bundle" + i));
            entrants.add(reports(run).entrant(folder, reports(run).admit(folder, cases -> {})));
        }
        return Scoreboard.of(entrants, Toy.standard(), id -> true);
    }

    private String page(Scoreboard board) {
        return new String(reports(runs.get(0)).page(board), StandardCharsets.UTF_8);
    }

    private static Row row(Scoreboard board, String subject) {
        return board.rows().stream()
                .filter(row -> row.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCaseOfEachKindIsCountedAsWhatItIs() {
        ToyRun run = run();
        run.failing("EXCH-LOAD/plain");
        run.observations.put("EXCH-LOAD/large", new Observation.NotDriven("no tensor of this type"));
        Scoreboard board = board();

        assertThat(board.totals().get(0).outcomes())
                .containsOnly(
                        Map.entry(Outcome.WRONG, 1), Map.entry(Outcome.NOT_DRIVEN, 1), Map.entry(Outcome.PASS, 3));
        assertThat(row(board, "EXCH-LOAD").tallies().get(0).outcomes())
                .containsOnly(Map.entry(Outcome.WRONG, 1), Map.entry(Outcome.NOT_DRIVEN, 1));
    }

    @Test
    void aDeathCountsAsADeathAndNotAsAWrongValue() {
        ToyRun run = run();
        run.toy.reasons().put("no-answer", "crashed");
        run.observations.put(ADD, new Observation.Crashed(Observation.Phase.RUN, "SIGSEGV", ""));

        Tally add = row(board(), "Add").tallies().get(0);

        assertThat(add.of(Outcome.CRASHED)).isEqualTo(1);
        assertThat(add.of(Outcome.WRONG)).isZero();
        assertThat(add.cases()).isEqualTo(1);
    }

    @Test
    void rowsAreOperatorsAndTheRequirementsOfOtherClassesInTheOrderOfTheStandard() {
        run();

        assertThat(board().rows())
                .extracting(Row::subject)
                .containsExactly("EXCH-LOAD", "EXCH-NAMES", "EXCH-HINT", "Add");
    }

    @Test
    void whereSystemsDifferIsCountedByCase() {
        run().failing(ADD);
        run();
        run().observations.put("EXCH-LOAD/large", new Observation.NotDriven("later"));
        Scoreboard board = board();

        assertThat(row(board, "Add").differing()).isEqualTo(1);
        assertThat(row(board, "EXCH-LOAD").differing()).isEqualTo(1);
        assertThat(row(board, "EXCH-NAMES").differing()).isZero();
        assertThat(board.did(0, ADD).outcome()).isEqualTo(Outcome.WRONG);
        assertThat(board.did(1, ADD).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void aWaivedFailureStaysAFailureAndIsCountedBeside() {
        run().failing(ADD).waiver("OP-Add-VALUES", "OP-Add-VALUES/*", "2027-01-01");
        run().failing(ADD).waiver("OP-Add-VALUES", "OP-Add-VALUES/*", "2026-01-02");
        Row add = row(board(), "Add");

        assertThat(add.tallies()).extracting(t -> t.of(Outcome.WRONG)).containsExactly(1, 1);
        assertThat(add.tallies()).extracting(Tally::waived).containsExactly(1, 0);
    }

    @Test
    void onlyCommonCasesAreComparedAndTheRestIsCounted() {
        run();
        run().select = List.of("EXCH-*");
        Scoreboard board = board();

        assertThat(board.cases()).isEqualTo(4);
        assertThat(board.rest()).containsExactly(new Common.Rest(1, 0), new Common.Rest(0, 0));
        assertThat(page(board)).contains("Not compared: of A 1 case that another bundle lacks");
        assertThat(board.notes()).anySatisfy(note -> assertThat(note).contains("run of B is a part of its selection"));
    }

    @Test
    void anotherStimulusUnderTheSameNameIsAnotherCase() throws IOException {
        run();
        run();
        Scoreboard before = board();
        Entrant other = before.entrants().get(1);
        TreeMap<String, Did> cases = new TreeMap<>(other.cases());
        cases.computeIfPresent(
                ADD,
                (id, d) -> new Did(
                        d.outcome(),
                        d.placed(),
                        Toy.digest("other"),
                        d.waived(),
                        d.message(),
                        d.line(),
                        d.reproduced()));

        Scoreboard board =
                Scoreboard.of(List.of(before.entrants().get(0), with(other, cases)), Toy.standard(), id -> true);

        assertThat(board.cases()).isEqualTo(4);
        assertThat(board.rest()).containsExactly(new Common.Rest(0, 1), new Common.Rest(0, 1));
    }

    private static Entrant with(Entrant e, TreeMap<String, Did> cases) {
        return new Entrant(
                e.bundle(),
                e.admission(),
                e.sut(),
                e.suite(),
                e.profile(),
                e.grade(),
                e.day(),
                e.claimed(),
                e.digests(),
                e.narrowed(),
                e.complete(),
                e.verdict(),
                e.line(),
                e.classes(),
                cases);
    }

    @Test
    void bundlesWithoutACommonCaseAreRefusedWithTheirSizes() {
        run().select = List.of("EXCH-*");
        run().select = List.of("OP-*");

        assertThatThrownBy(this::board)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no case in common")
                .hasMessageContaining("holds 4 cases")
                .hasMessageContaining("holds 1 cases");
    }

    @Test
    void differentProfilesGradesAndCataloguesAreSaid() {
        run();
        ToyRun other = run();
        other.grade = Grade.QUICK;
        TreeMap<String, List<String>> catalogue = new TreeMap<>(other.toy.catalogue());
        catalogue.put("EXCH-NAMES/more", List.of("EXCH-NAMES"));
        other.toy = new Toy(catalogue);
        Scoreboard board = board();

        assertThat(board.notes())
                .anySatisfy(note -> assertThat(note).contains("different grades", "A: full", "B: quick"))
                .anySatisfy(note -> assertThat(note).contains("different catalogues"));
        assertThat(board.rest()).containsExactly(new Common.Rest(0, 0), new Common.Rest(1, 0));
    }

    @Test
    void aBundleOfAnotherReleaseIsNamedAsThatWithBothDigests() {
        ToyRun run = run();
        Path folder = run.sealed(temp.resolve("old"));
        TreeMap<String, String> digests = new TreeMap<>(run.toy.digests());
        digests.put("catalogue", Toy.digest("tomorrow"));

        Admission admission =
                new Reports(run.standard, new Toy(run.toy.catalogue(), digests)).admit(folder, cases -> {});

        assertThat(admission.kind()).isEqualTo(Admission.Kind.OTHER_RELEASE);
        assertThat(admission.verified()).isFalse();
        assertThat(admission.said()).contains("bytes are intact", "another release");
        assertThat(admission.reasons())
                .singleElement()
                .asString()
                .contains("catalogue", run.toy.digests().get("catalogue"), Toy.digest("tomorrow"));
    }

    @Test
    void whatAnotherReleaseWroteAndThisOneCannotReadIsSaidToBeThat() throws IOException {
        ToyRun run = run();
        TreeMap<String, String> digests = new TreeMap<>(run.toy.digests());
        digests.put("catalogue", Toy.digest("yesterday"));
        run.toy = new Toy(run.toy.catalogue(), digests);
        Path folder = run.write(temp.resolve("older"));
        Path evidence = folder.resolve("evidence.jsonl");
        Files.writeString(evidence, Files.readString(evidence).replaceFirst("\"repeats\":\\{[^}]*},", ""));
        for (String name : List.of("results.json", "views/report.html")) {
            Files.createDirectories(folder.resolve("views"));
            Files.writeString(folder.resolve(name), "{}");
        }
        org.aiis.report.bundle.Sealing.seal(folder, "0.9", Toy.digest("head"), digests);

        Admission admission = new Reports(run.standard, Toy.small()).admit(folder, cases -> {});

        assertThat(admission.kind()).isEqualTo(Admission.Kind.REFUSED);
        assertThat(admission.said())
                .as(admission.toString())
                .contains("another release of the suite (0.9)", "does not read");
        assertThat(admission.reasons())
                .anySatisfy(reason -> assertThat(reason).contains("repeats"))
                .anySatisfy(reason -> assertThat(reason).contains("catalogue: made with"));
    }

    @Test
    void aTamperedBundleIsRefusedAndShownOnlyWithTheReason() throws IOException {
        run();
        ToyRun tampered = run();
        Path folder = tampered.sealed(temp.resolve("tampered"));
        Path results = folder.resolve("results.json");
        Files.writeString(results, Files.readString(results).replace("PASS", "FAIL"));
        Admission admission = reports(tampered).admit(folder, cases -> {});

        assertThat(admission.kind()).isEqualTo(Admission.Kind.REFUSED);
        assertThat(admission.reasons()).anySatisfy(reason -> assertThat(reason).contains("results.json"));

        Path whole = runs.get(0).sealed(temp.resolve("whole"));
        Scoreboard board = Scoreboard.of(
                List.of(
                        reports(runs.get(0)).entrant(whole, reports(runs.get(0)).admit(whole, cases -> {})),
                        reports(tampered).entrant(folder, admission)),
                Toy.standard(),
                id -> true);
        String page = page(board);
        assertThat(page).contains("Bundle B was not verified", "results.json", "not verified");
        assertThat(BoardFile.of(board, "draft").systems())
                .extracting(BoardFile.Entry::verified)
                .containsExactly(true, false);
    }

    @Test
    void nothingHostileRunsOnThePageOrLeavesItsData() {
        ToyRun run = run();
        run.name = HOSTILE;
        run.backend = HOSTILE;
        TreeMap<String, List<String>> catalogue = new TreeMap<>(run.toy.catalogue());
        catalogue.put("EXCH-LOAD/" + HOSTILE, List.of("EXCH-LOAD"));
        catalogue.put(HOSTILE, List.of("EXCH-LOAD"));
        run.toy = new Toy(catalogue);
        run.observations.put(ADD, new Observation.Rejected(Observation.Phase.LOAD, HOSTILE, HOSTILE));
        run.observations.put(
                "EXCH-LOAD/" + HOSTILE, new Observation.Rejected(Observation.Phase.LOAD, HOSTILE, HOSTILE));
        run.observations.put("EXCH-LOAD/plain", new Observation.NotDriven(HOSTILE));

        String page = page(board());

        assertThat(page).doesNotContain("<script>alert", "\u202E", "\u0007", "\u2028");
        assertThat(page.split("<script", -1)).hasSize(3);
        assertThat(page.split("</script>", -1)).hasSize(3);
        assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert", "⟨U+202E⟩", "$page.title()#set");
        String data = data(page);
        assertThat(data).doesNotContain("<", ">", "&");
        assertThat(Codec.tree(data, "data").at("/messages").toString()).contains("</script><script>alert('x')");
    }

    private static String data(String page) {
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertThat(data.find()).isTrue();
        return data.group(1);
    }

    @Test
    void thePageHoldsEachCaseOnceInItsDataWithWhatEachSystemDid() {
        run().failing(ADD);
        run();
        var cases = Codec.tree(data(page(board())), "data").at("/cases");

        assertThat(cases).hasSize(5);
        var add = cases.get(4);
        assertThat(add.get(0).asText()).isEqualTo(ADD);
        assertThat(add.get(3).asText().charAt(0)).isEqualTo((char) ('a' + Outcome.WRONG.ordinal()));
        assertThat(add.get(3).asText().charAt(3)).isEqualTo((char) ('a' + Outcome.PASS.ordinal()));
        assertThat(add.get(4)).hasSize(2);
    }

    @Test
    void theSameBundlesGiveTheSamePageAndItAsksForNothingFromOutside() {
        run().failing(ADD);
        run();
        Scoreboard board = board();

        assertThat(page(board)).isEqualTo(page(board));
        assertThat(page(board))
                .contains("default-src &#39;none&#39;")
                .doesNotContain("http://", "https://", "src=\"", "@import");
    }

    @Test
    void tooManyBundlesAreRefused() {
        run();
        Entrant one = board().entrants().get(0);

        assertThatThrownBy(() -> Scoreboard.of(
                        java.util.Collections.nCopies(Scoreboard.MOST + 1, one), Toy.standard(), id -> true))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 to 16");
    }

    @Test
    void anEndlessCaseIdIsRefusedWithItsLine() {
        ToyRun run = run();
        TreeMap<String, List<String>> catalogue = new TreeMap<>(run.toy.catalogue());
        catalogue.put("EXCH-LOAD/" + "x".repeat(5000), List.of("EXCH-LOAD"));
        run.toy = new Toy(catalogue);

        assertThatThrownBy(this::board)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("evidence.jsonl")
                .hasMessageContaining("5010 characters");
    }

    @Test
    void theVerdictOfAClassIsThatOfTheBundlesOwnReport() {
        run().failing(ADD);

        assertThat(board().entrants().get(0).classes()).containsEntry("operators", Verdict.FAIL);
    }
}
