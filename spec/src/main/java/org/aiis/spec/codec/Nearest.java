package org.aiis.spec.codec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the known name that a mistyped one was probably meant to be. */
public final class Nearest {
    /** No name that anyone mistypes is longer; the time taken grows with the length, which may come from a hostile model. */
    private static final int LONGEST = 200;

    private Nearest() {}

    /** A sentence for an error: the nearest name if one is near, and which names exist. */
    public static String hint(String found, Collection<String> known) {
        String list = known.size() <= 40
                ? "known: " + known.stream().sorted().collect(Collectors.joining(", "))
                : known.size() + " are known";
        return to(found, known).map(n -> "did you mean '" + n + "'? ").orElse("") + list;
    }

    /** The nearest name by edit distance, if it is within a third of the length. */
    public static Optional<String> to(String found, Collection<String> known) {
        if (found.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = found.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.<String>comparingInt(k -> distance(wanted, k.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(k -> distance(wanted, k.toLowerCase(Locale.ROOT)) <= Math.max(2, found.length() / 3));
    }

    /** Levenshtein distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitute, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
