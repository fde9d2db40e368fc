package org.aiis.report.view;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aiis.report.scoreboard.Common;
import org.aiis.report.scoreboard.Entrant;
import org.aiis.report.scoreboard.Outcome;
import org.aiis.report.scoreboard.Placed;
import org.aiis.report.scoreboard.Row;
import org.aiis.report.scoreboard.Scoreboard;
import org.aiis.report.scoreboard.Tally;
import org.aiis.spec.standard.ConformanceClass;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.OperatorType;

/** Puts the page of a scoreboard together. */
final class BoardBuilder {
    private final Scoreboard board;
    private final Standard standard;
    private final List<Tally> totals;
    private final List<BoardPage.Competitor> systems;

    BoardBuilder(Scoreboard board, Standard standard) {
        this.board = board;
        this.standard = standard;
        this.totals = board.totals();
        this.systems = new Competitors(board, totals).all();
    }

    BoardPage build() {
        List<BoardPage.Section> sections = sections();
        return new BoardPage(
                systems.size() == 1 ? "1 system" : systems.size() + " systems side by side",
                Standard.STATUS,
                sentence(),
                warnings(),
                notes(),
                systems.size() <= 3 ? "few" : systems.size() <= 6 ? "some" : systems.size() <= 9 ? "many" : "crowd",
                systems,
                outcomes(),
                placed(),
                classes(),
                sections,
                (int) board.rows().stream().filter(Row::ofOperator).count(),
                Numbers.grouped(board.rows().stream().mapToInt(Row::differing).sum()),
                Numbers.grouped(board.cases()),
                types(),
                commands(),
                new BoardData(board, standard).embedded());
    }

    private String sentence() {
        String which = systems.size() == 1
                ? " cases of one bundle."
                : " cases that " + (systems.size() == 2 ? "both" : "all " + systems.size())
                        + " bundles hold and that showed every system the same, bit for bit.";
        return Numbers.grouped(board.cases()) + which;
    }

    private List<String> warnings() {
        List<String> unverified = IntStream.range(0, systems.size())
                .filter(i -> !board.entrants().get(i).admission().verified())
                .mapToObj(Scoreboard::key)
                .toList();
        return unverified.isEmpty()
                ? List.of()
                : List.of((unverified.size() == 1 ? "Bundle " : "Bundles ") + String.join(", ", unverified)
                        + (unverified.size() == 1 ? " was" : " were")
                        + " not verified and " + (unverified.size() == 1 ? "is" : "are")
                        + " shown as their files say it (--unverified). Nobody may rely on"
                        + " these columns; the reasons stand below with the systems.");
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(board.notes());
        Map<Common.Rest, List<String>> alike = new LinkedHashMap<>();
        for (int i = 0; i < systems.size(); i++) {
            alike.computeIfAbsent(board.rest().get(i), rest -> new ArrayList<>())
                    .add(Scoreboard.key(i));
        }
        alike.forEach((rest, of) -> {
            if (rest.absent() > 0 || rest.other() > 0) {
                notes.add("Not compared: of " + String.join(", ", of) + (of.size() > 1 ? " each " : " ") + left(rest)
                        + ".");
            }
        });
        return notes;
    }

    private static String left(Common.Rest rest) {
        String absent = Numbers.grouped(rest.absent()) + (rest.absent() == 1 ? " case" : " cases")
                + " that another bundle lacks";
        String other = Numbers.grouped(rest.other()) + (rest.other() == 1 ? " case" : " cases")
                + " whose name is the same, and that showed another system" + " something else";
        return rest.other() == 0 ? absent : rest.absent() == 0 ? other : absent + ", and " + other;
    }

    private List<BoardPage.Line> outcomes() {
        List<BoardPage.Line> lines = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (totals.stream().anyMatch(t -> t.of(outcome) > 0)) {
                lines.add(line(outcome.word(), outcome.key(), outcome.meaning(), totals, t -> t.of(outcome)));
            }
        }
        if (totals.stream().anyMatch(t -> t.waived() > 0)) {
            lines.add(line(
                    "of these waived",
                    "waived",
                    "Failing cases that a waiver of the scheme's owner covers; they stay failures here.",
                    totals,
                    Tally::waived));
        }
        return lines;
    }

    private BoardPage.Line line(
            String name, String key, String meaning, List<Tally> tallies, Function<Tally, Integer> count) {
        List<BoardPage.Cell> cells = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            int n = count.apply(tallies.get(i));
            cells.add(new BoardPage.Cell(
                    label(i), List.of(), List.of(new BoardPage.Chip(n == 0 ? "none" : "plain", Numbers.grouped(n)))));
        }
        return new BoardPage.Line(name, key, meaning, cells);
    }

    private List<BoardPage.Line> placed() {
        List<BoardPage.Line> lines = new ArrayList<>();
        List<Map<Placed, int[]>> counts =
                IntStream.range(0, systems.size()).mapToObj(this::placedIn).toList();
        for (Placed placed : Placed.values()) {
            if (counts.stream().anyMatch(c -> c.containsKey(placed))) {
                List<BoardPage.Cell> cells = new ArrayList<>();
                for (int i = 0; i < counts.size(); i++) {
                    int[] n = counts.get(i).getOrDefault(placed, new int[2]);
                    cells.add(new BoardPage.Cell(
                            label(i),
                            List.of(),
                            n[0] == 0
                                    ? List.of(new BoardPage.Chip("none", "0"))
                                    : List.of(
                                            new BoardPage.Chip("plain", Numbers.grouped(n[0])),
                                            new BoardPage.Chip("aside", Numbers.grouped(n[1]) + " pass"))));
                }
                lines.add(new BoardPage.Line(placed.words(), placed.key(), "", cells));
            }
        }
        return lines;
    }

    /** Cases of a system by placement, and how many of them pass. */
    private Map<Placed, int[]> placedIn(int system) {
        Map<Placed, int[]> counts = new EnumMap<>(Placed.class);
        board.rows().forEach(row -> row.cases().forEach(id -> {
            var did = board.did(system, id);
            int[] n = counts.computeIfAbsent(did.placed(), p -> new int[2]);
            n[0]++;
            n[1] += did.outcome() == Outcome.PASS ? 1 : 0;
        }));
        return counts;
    }

    private List<BoardPage.Line> classes() {
        List<BoardPage.Line> lines = new ArrayList<>();
        board.classes().forEach((id, tallies) -> {
            List<BoardPage.Cell> cells = new ArrayList<>();
            for (int i = 0; i < tallies.size(); i++) {
                List<Mark> verdict = Optional.ofNullable(
                                board.entrants().get(i).classes().get(id))
                        .map(v -> List.of(Mark.of(v)))
                        .orElse(List.of());
                cells.add(new BoardPage.Cell(label(i), verdict, chips(tallies.get(i))));
            }
            lines.add(new BoardPage.Line(title(id), id, "", cells));
        });
        return lines;
    }

    private List<BoardPage.Section> sections() {
        List<BoardPage.Section> sections = new ArrayList<>();
        board.classes().keySet().forEach(id -> {
            for (boolean ofOperator : new boolean[] {true, false}) {
                List<BoardPage.BoardRow> rows = IntStream.range(0, board.rows().size())
                        .filter(n -> board.rows().get(n).conformanceClass().equals(id)
                                && board.rows().get(n).ofOperator() == ofOperator)
                        .mapToObj(this::row)
                        .toList();
                if (!rows.isEmpty()) {
                    sections.add(new BoardPage.Section(
                            id, title(id), ofOperator ? "Operators" : "Requirements of " + title(id), rows));
                }
            }
        });
        // What most readers look for comes first.
        sections.sort(java.util.Comparator.comparing(s -> !s.kind().equals("Operators")));
        return sections;
    }

    private BoardPage.BoardRow row(int number) {
        Row row = board.rows().get(number);
        return new BoardPage.BoardRow(
                number,
                (row.ofOperator() ? "op-" : "req-") + row.subject(),
                row.subject(),
                row.cases().size(),
                row.differing(),
                IntStream.range(0, systems.size())
                        .mapToObj(i -> new BoardPage.Cell(
                                label(i), List.of(), chips(row.tallies().get(i))))
                        .toList());
    }

    private static List<BoardPage.Chip> chips(Tally tally) {
        List<BoardPage.Chip> chips = new ArrayList<>();
        tally.outcomes()
                .forEach((outcome, n) ->
                        chips.add(new BoardPage.Chip(outcome.key(), Numbers.grouped(n) + " " + outcome.word())));
        if (tally.waived() > 0) {
            chips.add(new BoardPage.Chip("waived", Numbers.grouped(tally.waived()) + " waived"));
        }
        return chips;
    }

    private String label(int system) {
        return systems.get(system).key() + " " + systems.get(system).label();
    }

    private String title(String classId) {
        return standard.classes().stream()
                .filter(c -> c.id().equals(classId))
                .map(ConformanceClass::title)
                .findFirst()
                .orElse("Not in this edition of the standard");
    }

    private List<String> types() {
        TreeSet<org.aiis.spec.tensor.ElementType> types = new TreeSet<>();
        board.rows().forEach(row -> row.cases()
                .forEach(id -> OperatorType.ofCase(id).ifPresent(pair -> types.add(pair.type()))));
        return types.stream().map(t -> t.label()).toList();
    }

    private List<Page.Command> commands() {
        String bundles = String.join(
                " ",
                board.entrants().stream()
                        .map(Entrant::bundle)
                        .map(RequirementRows::shellWord)
                        .toList());
        boolean unverified =
                board.entrants().stream().anyMatch(e -> !e.admission().verified());
        return List.of(
                new Page.Command(
                        "Make this page again: the same bundles give the same page, byte for byte.",
                        "aiis compare " + bundles + (unverified ? " --unverified" : ""),
                        ""),
                new Page.Command(
                        "Check one bundle: every byte and every verdict again, without a backend.",
                        "aiis verify "
                                + RequirementRows.shellWord(
                                        board.entrants().get(0).bundle()),
                        ""));
    }
}
