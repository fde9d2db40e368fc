package org.aiis.report.view;

import java.util.List;
import java.util.Locale;

/** Numbers as a reader wants them, the same in every locale. */
final class Numbers {
    private Numbers() {}

    static String grouped(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Four significant digits, plain where that is short. */
    static String short4(double x) {
        if (x == 0) {
            return "0";
        }
        double magnitude = Math.abs(x);
        if (magnitude >= 1e6 || magnitude < 1e-3) {
            return String.format(Locale.ROOT, "%.3e", x);
        }
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(magnitude)));
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", x);
        return decimals == 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** Nanoseconds in the unit that reads best. */
    static String duration(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        } else if (nanos < 1_000_000) {
            return short4(nanos / 1e3) + " µs";
        } else if (nanos < 1_000_000_000) {
            return short4(nanos / 1e6) + " ms";
        }
        return short4(nanos / 1e9) + " s";
    }

    static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }

    /** A message without the id of its case or requirement before it, which stands beside it on the page. */
    static String without(String id, String message) {
        int slash = id.indexOf('/');
        for (String name : slash < 0 ? List.of(id) : List.of(id, id.substring(0, slash))) {
            if (message.startsWith(name + ": ")) {
                return message.substring(name.length() + 2);
            }
        }
        return message;
    }

    /** A share of a bar 1,000 wide. */
    static String share(long part, long whole) {
        return whole == 0 ? "0" : String.format(Locale.ROOT, "%.2f", 1000.0 * part / whole);
    }

    /** Cuts a text that is too long for a page, and says so. */
    static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest) + "… (" + grouped(text.length()) + " characters, whole in evidence.jsonl)";
    }
}
