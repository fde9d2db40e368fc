package org.aiis.report.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The scoreboard for machines. Lists of a row or a case have a place for each system, in the order of {@code systems}.
 *
 * @param cases how many are compared
 * @param differences cases that the systems did not end alike
 */
public record BoardFile(
        String status,
        int cases,
        List<String> notes,
        List<Entry> systems,
        List<Line> rows,
        List<Difference> differences) {
    public BoardFile {
        notes = List.copyOf(notes);
        systems = List.copyOf(systems);
        rows = List.copyOf(rows);
        differences = List.copyOf(differences);
    }

    /** A system, its compared cases by outcome, and by placement. */
    public record Entry(
            String key,
            String bundle,
            boolean verified,
            String said,
            List<String> reasons,
            String name,
            String version,
            String provider,
            String backend,
            String suite,
            String profile,
            String grade,
            String verdict,
            int absentElsewhere,
            int otherStimulus,
            SortedMap<String, Integer> outcomes,
            int waived,
            SortedMap<String, Integer> placement) {}

    /** An operator or a requirement. */
    public record Line(
            String conformanceClass,
            String subject,
            int cases,
            int differing,
            List<SortedMap<String, Integer>> outcomes,
            List<Integer> waived) {}

    /** What the systems made of a case; the lines are those of their evidence.jsonl. */
    public record Difference(String id, List<String> outcomes, List<String> messages, List<Long> lines) {}

    public static BoardFile of(Scoreboard board, String status) {
        List<Tally> totals = board.totals();
        return new BoardFile(
                status,
                board.cases(),
                board.notes(),
                IntStream.range(0, totals.size())
                        .mapToObj(i -> entry(board, i, totals.get(i)))
                        .toList(),
                board.rows().stream().map(BoardFile::line).toList(),
                differences(board));
    }

    private static Entry entry(Scoreboard board, int i, Tally tally) {
        Entrant e = board.entrants().get(i);
        SortedMap<String, Integer> placement = new TreeMap<>();
        board.rows().forEach(row -> row.cases()
                .forEach(id -> placement.merge(board.did(i, id).placed().key(), 1, Integer::sum)));
        return new Entry(
                Scoreboard.key(i),
                e.bundle(),
                e.admission().verified(),
                e.admission().said(),
                e.admission().reasons(),
                e.sut().name(),
                e.sut().version(),
                e.sut().provider(),
                e.sut().backend(),
                e.suite(),
                e.profile(),
                e.grade().word(),
                e.verdict().name(),
                board.rest().get(i).absent(),
                board.rest().get(i).other(),
                words(tally),
                tally.waived(),
                placement);
    }

    private static Line line(Row row) {
        return new Line(
                row.conformanceClass(),
                row.subject(),
                row.cases().size(),
                row.differing(),
                row.tallies().stream().map(BoardFile::words).toList(),
                row.tallies().stream().map(Tally::waived).toList());
    }

    private static SortedMap<String, Integer> words(Tally tally) {
        SortedMap<String, Integer> words = new TreeMap<>();
        tally.outcomes().forEach((outcome, n) -> words.put(outcome.key(), n));
        return words;
    }

    private static List<Difference> differences(Scoreboard board) {
        List<Difference> differences = new ArrayList<>();
        for (Row row : board.rows()) {
            for (String id : row.cases()) {
                List<Did> all = IntStream.range(0, board.entrants().size())
                        .mapToObj(i -> board.did(i, id))
                        .toList();
                if (all.stream().map(Did::outcome).distinct().count() > 1) {
                    differences.add(new Difference(
                            id,
                            all.stream().map(did -> did.outcome().key()).toList(),
                            all.stream().map(Did::message).toList(),
                            all.stream().map(Did::line).toList()));
                }
            }
        }
        return differences;
    }
}
