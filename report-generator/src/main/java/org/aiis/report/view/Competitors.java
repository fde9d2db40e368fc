package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aiis.report.scoreboard.Entrant;
import org.aiis.report.scoreboard.Outcome;
import org.aiis.report.scoreboard.Scoreboard;
import org.aiis.report.scoreboard.Tally;
import org.aiis.spec.conformity.Sut;

/** The systems of a scoreboard, named so that a reader can tell them apart. */
final class Competitors {
    private static final int LONGEST = 60;

    /** Reasons printed why a bundle does not verify. */
    private static final int REASONS = 5;

    private final Scoreboard board;
    private final List<Tally> totals;

    Competitors(Scoreboard board, List<Tally> totals) {
        this.board = board;
        this.totals = totals;
    }

    List<BoardPage.Competitor> all() {
        return IntStream.range(0, board.entrants().size())
                .mapToObj(this::competitor)
                .toList();
    }

    private BoardPage.Competitor competitor(int index) {
        Entrant entrant = board.entrants().get(index);
        Tally tally = totals.get(index);
        return new BoardPage.Competitor(
                Scoreboard.key(index),
                label(entrant),
                sub(entrant),
                Mark.of(entrant.verdict()),
                cut(entrant.line().replaceFirst("^[A-Z_]+ · ", ""), 200),
                entrant.admission().verified(),
                cut(entrant.admission().said(), 300),
                reasons(entrant.admission().reasons()),
                bar(tally),
                Numbers.percent(tally.of(Outcome.PASS), Math.max(1, tally.cases())),
                facts(entrant));
    }

    private static List<String> reasons(List<String> all) {
        List<String> reasons = new ArrayList<>(
                all.stream().limit(REASONS).map(r -> cut(shortened(r), 300)).toList());
        if (all.size() > REASONS) {
            reasons.add("and " + (all.size() - REASONS) + " more, which aiis verify names");
        }
        return reasons;
    }

    /** Of a digest, what is enough to tell two apart; the verifier prints it whole. */
    private static String shortened(String reason) {
        return reason.replaceAll("\\b([0-9a-f]{12})[0-9a-f]{52}\\b", "$1…");
    }

    private static String label(Entrant entrant) {
        // A version may end in a commit and a branch, which belong to the facts.
        return cut(entrant.sut().name() + " " + entrant.sut().version().replaceFirst("[-+].*", ""), LONGEST);
    }

    /** Provider and backend, and the folder of the bundle where they do not tell two systems apart. */
    private String sub(Entrant entrant) {
        long alike = board.entrants().stream()
                .filter(e -> label(e).equals(label(entrant)) && ran(e).equals(ran(entrant)))
                .count();
        return cut(ran(entrant) + (alike > 1 ? " · " + folder(entrant) : ""), LONGEST);
    }

    /** The command line of a program says little to a reader; it stands with the facts. */
    private static String ran(Entrant entrant) {
        String backend = entrant.sut().backend();
        return entrant.sut().provider() + (backend.startsWith("exec:") ? "" : " · " + backend);
    }

    private static String folder(Entrant entrant) {
        return entrant.bundle().replaceFirst("/+$", "").replaceFirst(".*/", "");
    }

    private static List<BoardPage.Segment> bar(Tally tally) {
        List<BoardPage.Segment> bar = new ArrayList<>();
        int whole = tally.cases();
        int before = 0;
        for (Map.Entry<Outcome, Integer> part : tally.outcomes().entrySet()) {
            bar.add(new BoardPage.Segment(
                    part.getKey().key(), Numbers.share(before, whole), Numbers.share(part.getValue(), whole)));
            before += part.getValue();
        }
        return bar;
    }

    private static List<Page.Fact> facts(Entrant entrant) {
        Sut sut = entrant.sut();
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("System", cut(sut.name() + " " + sut.version(), 120)));
        facts.add(new Page.Fact("Provider", cut(sut.provider(), 120)));
        facts.add(new Page.Fact("Backend", cut(sut.backend(), 200)));
        facts.add(new Page.Fact(
                "Judged against",
                cut(entrant.profile(), 80) + ", grade " + entrant.grade().word()));
        facts.add(new Page.Fact(
                "Run", entrant.day() + ", " + Numbers.grouped(entrant.cases().size()) + " cases"));
        facts.add(new Page.Fact("Bundle", entrant.bundle()));
        return facts;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
