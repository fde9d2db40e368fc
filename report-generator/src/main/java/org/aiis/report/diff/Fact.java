package org.aiis.report.diff;

/**
 * Something about a run that is not what it was.
 *
 * @param about suite, run, profile, statement, system, library, property or machine
 * @param before what it was; empty where there was nothing
 * @param now what it is; empty where there is nothing
 */
public record Fact(String about, String name, String before, String now) {
    /** Longest value kept: a bundle may hold what it likes. */
    private static final int LONGEST = 400;

    public Fact {
        before = cut(before);
        now = cut(now);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
