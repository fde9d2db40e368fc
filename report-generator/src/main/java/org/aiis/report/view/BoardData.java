package org.aiis.report.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aiis.report.scoreboard.Did;
import org.aiis.report.scoreboard.Entrant;
import org.aiis.report.scoreboard.Outcome;
import org.aiis.report.scoreboard.Placed;
import org.aiis.report.scoreboard.Row;
import org.aiis.report.scoreboard.Scoreboard;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.OperatorType;

/**
 * Cases for the script of the page, compact: texts that repeat stand once and are named by number. A case is {@code [id,
 * requirement, type, code, lines, messages]}; its code has three signs a system: outcome (a letter), placement (a digit), and 1
 * for waived plus 2 for a reproduction in the bundle.
 */
final class BoardData {
    /** In the order in which the page lists them: a case names them by position. */
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private static final List<Placed> PLACES = List.of(Placed.values());
    private static final int LARGEST = 96 << 20;

    private final Scoreboard board;
    private final Numbered requirements = new Numbered();
    private final Numbered types = new Numbered();
    private final Numbered messages = new Numbered();
    private final Map<String, String> texts = new TreeMap<>();

    BoardData(Scoreboard board, Standard standard) {
        this.board = board;
        standard.requirements().forEach(r -> texts.put(r.id(), text(r)));
        messages.number("");
    }

    private static String text(Requirement requirement) {
        return requirement.level().word() + ": " + requirement.text();
    }

    /** Texts in the order in which they came up. */
    private static final class Numbered {
        private final Map<String, Integer> numbers = new LinkedHashMap<>();

        int number(String text) {
            return numbers.computeIfAbsent(EscapeReferences.shown(text), t -> numbers.size());
        }

        List<String> all() {
            return List.copyOf(numbers.keySet());
        }
    }

    Embedded embedded() {
        List<List<Integer>> rows = new ArrayList<>();
        List<List<Object>> cases = new ArrayList<>();
        for (Row row : board.rows()) {
            rows.add(List.of(cases.size(), row.cases().size()));
            row.cases().forEach(id -> cases.add(entry(id)));
        }
        Map<String, Object> data = new TreeMap<>();
        data.put("cases", cases);
        data.put("rows", rows);
        data.put("messages", messages.all());
        data.put("types", types.all());
        data.put(
                "requirements",
                requirements.all().stream()
                        .map(id -> List.of(id, texts.getOrDefault(id, "not in this edition of the standard")))
                        .toList());
        data.put(
                "outcomes",
                java.util.Arrays.stream(Outcome.values())
                        .map(o -> List.of(o.key(), o.word(), o.fails() ? 1 : 0))
                        .toList());
        data.put(
                "placed",
                java.util.Arrays.stream(Placed.values()).map(Placed::words).toList());
        data.put(
                "bundles",
                board.entrants().stream()
                        .map(Entrant::bundle)
                        .map(EscapeReferences::shown)
                        .toList());
        Embedded embedded = Embedded.of(data);
        if (embedded.text().length() > LARGEST) {
            throw InputException.of(
                    "the page would hold more than " + (LARGEST >> 20) + " MiB of cases",
                    "compare fewer bundles, or a part of the cases with --select");
        }
        return embedded;
    }

    private List<Object> entry(String id) {
        List<Did> all = IntStream.range(0, board.entrants().size())
                .mapToObj(i -> board.did(i, id))
                .toList();
        StringBuilder code = new StringBuilder();
        all.forEach(did -> code.append((char) ('a' + OUTCOMES.indexOf(did.outcome())))
                .append(PLACES.indexOf(did.placed()))
                .append((did.waived() ? 1 : 0) + (did.reproduced() ? 2 : 0)));
        return List.of(
                EscapeReferences.shown(id),
                requirements.number(id.replaceFirst("/.*", "")),
                types.number(OperatorType.ofCase(id).map(p -> p.type().label()).orElse("")),
                code.toString(),
                all.stream().map(Did::line).toList(),
                all.stream().map(did -> messages.number(did.message())).toList());
    }
}
