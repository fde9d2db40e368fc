package org.aiis.conformance.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.coverage.Combination;
import org.aiis.conformance.catalogue.coverage.Dimension;
import org.aiis.conformance.catalogue.coverage.SchemaCoverage;
import org.aiis.conformance.catalogue.coverage.SchemaCoverage.Tally;

/** Coverage as text for people and as an object for machines. */
final class CoverageListing {
    private CoverageListing() {}

    static String text(SchemaCoverage coverage) {
        StringBuilder out = new StringBuilder();
        table(coverage, out);
        missing(coverage, out);
        coverage.excluded().forEach((dimension, reasons) -> {
            out.append("\nexcluded in writing, ").append(dimension.word()).append('\n');
            reasons.forEach((reason, count) -> out.append(line("%,8d  %s", count, reason)));
        });
        if (!coverage.undetermined().isEmpty()) {
            out.append("\nnot counted, since the type of a value inside a model could not be told\n  ")
                    .append(String.join(", ", coverage.undetermined()))
                    .append('\n');
        }
        coverage.problems().forEach(problem -> out.append("\nproblem: ").append(problem));
        out.append(coverage.problems().isEmpty() ? "\n" : "\n\n");
        for (Dimension dimension : Dimension.values()) {
            Tally tally = coverage.total(dimension);
            out.append(line(
                    "%,d of %,d %s: %,d covered, %,d excluded in writing, %,d missing",
                    tally.covered() + tally.excluded(),
                    tally.allowed(),
                    dimension.counted(),
                    tally.covered(),
                    tally.excluded(),
                    tally.missing()));
        }
        return out.toString();
    }

    private static void table(SchemaCoverage coverage, StringBuilder out) {
        out.append("ONNX ")
                .append(coverage.release())
                .append("; covered/required, where what the schemas allow and no exclusion names is required\n");
        String row = "%-44s%11s%11s%11s%11s%11s";
        out.append(line(
                row,
                "operator",
                Dimension.TYPES.word(),
                Dimension.VERSIONS.word(),
                Dimension.ATTRIBUTES.word(),
                Dimension.SPECIALS.word(),
                Dimension.REJECTIONS.word()));
        coverage.operators()
                .forEach((operator, tallies) -> out.append(line(
                        row,
                        operator,
                        cell(tallies, Dimension.TYPES),
                        cell(tallies, Dimension.VERSIONS),
                        cell(tallies, Dimension.ATTRIBUTES),
                        cell(tallies, Dimension.SPECIALS),
                        cell(tallies, Dimension.REJECTIONS))));
    }

    private static String cell(Map<Dimension, Tally> tallies, Dimension dimension) {
        Tally tally = tallies.get(dimension);
        int required = tally == null ? 0 : tally.covered() + tally.missing();
        return tally == null || required == 0 ? "–" : tally.covered() + "/" + required;
    }

    /** What is missing, a line for each operator and place. */
    private static void missing(SchemaCoverage coverage, StringBuilder out) {
        for (Dimension dimension : Dimension.values()) {
            SortedMap<String, StringBuilder> lines = new TreeMap<>();
            for (Combination c : coverage.missing()) {
                if (c.dimension() == dimension) {
                    lines.computeIfAbsent(c.operator() + " " + c.of() + ":", l -> new StringBuilder())
                            .append(' ')
                            .append(c.value());
                }
            }
            if (!lines.isEmpty()) {
                out.append("\nmissing, ").append(dimension.word()).append('\n');
                lines.forEach((place, values) ->
                        out.append("  ").append(place).append(values).append('\n'));
            }
        }
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
    }

    static Map<String, Object> json(SchemaCoverage coverage) {
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, Object> totals = new LinkedHashMap<>();
        for (Dimension dimension : Dimension.values()) {
            totals.put(dimension.word(), coverage.total(dimension));
        }
        json.put("onnx", coverage.release());
        json.put("complete", coverage.complete());
        json.put("totals", totals);
        json.put("operators", words(coverage.operators()));
        json.put(
                "missing", coverage.missing().stream().map(CoverageListing::one).toList());
        json.put("excluded", byWord(coverage.excluded()));
        json.put("problems", coverage.problems());
        json.put("undetermined", List.copyOf(coverage.undetermined()));
        return json;
    }

    private static Map<String, Object> words(Map<String, Map<Dimension, Tally>> operators) {
        Map<String, Object> words = new LinkedHashMap<>();
        operators.forEach((operator, tallies) -> words.put(operator, byWord(tallies)));
        return words;
    }

    private static Map<String, Object> byWord(Map<Dimension, ?> values) {
        Map<String, Object> words = new LinkedHashMap<>();
        values.forEach((dimension, value) -> words.put(dimension.word(), value));
        return words;
    }

    private static Map<String, String> one(Combination c) {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("dimension", c.dimension().word());
        one.put("operator", c.operator());
        one.put("of", c.of());
        one.put("value", c.value());
        return one;
    }
}
