package org.aiis.report.scoreboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** In what bundles differ beside their systems: a reader must know it before reading the numbers. */
final class Differences {
    private static final int SHORT = 12;

    private Differences() {}

    static List<String> of(List<Entrant> entrants) {
        List<String> notes = new ArrayList<>();
        note(notes, "were judged against different profiles", entrants, Entrant::profile);
        note(notes, "are of different grades", entrants, e -> e.grade().word());
        note(notes, "were made by different versions of the suite", entrants, Entrant::suite);
        note(notes, "name different catalogues", entrants, e -> digest(e, "catalogue"));
        note(
                notes,
                "were judged by different judges or oracles",
                entrants,
                e -> digest(e, "judge") + ", oracle " + digest(e, "oracle"));
        note(notes, "were judged against different texts of the standard", entrants, e -> digest(e, "standard"));
        note(
                notes,
                "differ in how many pairs of operator and type are mandatory or claimed, and only there a refusal fails",
                entrants,
                e -> Integer.toString(e.claimed()));
        for (int i = 0; i < entrants.size(); i++) {
            if (!entrants.get(i).complete()) {
                notes.add("The run of " + key(i) + " did not come to its end.");
            }
            if (entrants.get(i).narrowed()) {
                notes.add("The run of " + key(i) + " is a part of its selection (--select or --shard).");
            }
        }
        return notes;
    }

    private static void note(List<String> notes, String what, List<Entrant> entrants, Function<Entrant, String> of) {
        Map<String, List<String>> holders = new LinkedHashMap<>();
        for (int i = 0; i < entrants.size(); i++) {
            holders.computeIfAbsent(of.apply(entrants.get(i)), v -> new ArrayList<>())
                    .add(key(i));
        }
        if (holders.size() > 1) {
            List<String> told = holders.entrySet().stream()
                    .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
                    .toList();
            notes.add("The bundles " + what + " (" + String.join("; ", told) + ").");
        }
    }

    private static String digest(Entrant entrant, String name) {
        String digest = entrant.digests().getOrDefault(name, "none");
        return digest.substring(0, Math.min(SHORT, digest.length()));
    }

    /** A, B, C: the letter of a system. */
    static String key(int index) {
        return Character.toString((char) ('A' + index));
    }
}
