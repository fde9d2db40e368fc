package org.aiis.report.view;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tallies and limits by plain names, in their units. */
final class MeasureNames {
    private static final Set<String> OF_LOAD = Set.of("queries", "samples", "batches", "p90-nanos");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("nodes.declared", "Nodes on a declared fallback"),
            Map.entry("nodes.compiled-away", "Nodes folded or eliminated"),
            Map.entry("nodes.unknown", "Nodes of unknown place"),
            Map.entry("placement.untold", "Cases that tell no place"),
            Map.entry("rejections", "Rejections seen"),
            Map.entry("rejections.silent", "Rejections without a message"),
            Map.entry("correct", "Correct predictions"),
            Map.entry("records", "Records examined (n)"),
            Map.entry("baseline-per-10000", "Baseline: always the most frequent class"),
            Map.entry("macro-f1-per-10000", "Macro F1"),
            Map.entry("reference-accuracy-per-10000", "Accuracy of the reference"),
            Map.entry("difference-per-million", "Difference to the reference"),
            Map.entry("first-loss-per-10000", "Mean loss, first tenth of the steps"),
            Map.entry("last-loss-per-10000", "Mean loss, last tenth of the steps"),
            Map.entry("decided", "Records whose margin decides"),
            Map.entry("undecided", "Records whose margin does not"),
            Map.entry("undecided-differing", "… of these, predicted otherwise"),
            Map.entry("features-differing-in-bits", "Features that differ in some bit"),
            Map.entry("over", "Queries over the bound"),
            Map.entry("effective-queries", "Queries that count as independent"));

    private MeasureNames() {}

    /** Whether the judge counts it for every case, so that only the sum over the run says something. */
    static boolean adds(String name) {
        return name.startsWith("nodes.")
                || name.startsWith("placement.")
                || name.startsWith("rejections")
                || name.startsWith("flushed.")
                || name.startsWith("kept.");
    }

    /** Whether the numbers of the load say it already. */
    static boolean ofLoad(String name) {
        return OF_LOAD.contains(name);
    }

    static Page.Fact fact(String name, long value) {
        return new Page.Fact(name(name), value(name, value));
    }

    static Page.Fact bound(String name, double value) {
        String unit = name.endsWith("-millis") ? " ms" : name.endsWith("-seconds") ? " s" : "";
        return new Page.Fact(words(name.replaceFirst("-(millis|seconds)$", "")), Numbers.short4(value) + unit);
    }

    private static String name(String name) {
        if (name.startsWith("flushed.") || name.startsWith("kept.")) {
            int dot = name.indexOf('.');
            return "Subnormal results " + name.substring(0, dot) + ", " + name.substring(dot + 1);
        }
        String known = NAMES.get(name);
        return known != null ? known : words(name.replaceFirst("-(per-10000|per-million|nanos)$", ""));
    }

    private static String words(String name) {
        String words = name.replace('-', ' ').replace('.', ' ');
        return words.isEmpty() ? name : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String value(String name, long value) {
        if (name.startsWith("equal-bit")) {
            return value == 1 ? "yes" : "no";
        } else if (name.contains("accuracy-per-10000") || name.contains("baseline-per-10000")) {
            return Numbers.percent(value, 10_000);
        } else if (name.endsWith("-per-10000")) {
            return String.format(Locale.ROOT, "%.4f", value / 1e4);
        } else if (name.endsWith("-per-million")) {
            return value == 0 ? "0" : String.format(Locale.ROOT, "%.6f", value / 1e6);
        } else if (name.endsWith("-nanos")) {
            return Numbers.duration(value);
        }
        return Numbers.grouped(value);
    }
}
