package org.aiis.conformance.selftest;

/**
 * A line of the self-test.
 *
 * @param outcome PASS, FAIL or SKIP
 * @param found what was seen instead, or why nothing could be seen; empty for PASS
 */
public record CheckReport(String name, String outcome, String section, String rule, String found) {
    static CheckReport of(Check check, Check.Result result) {
        if (result instanceof Check.Result.Failed failed) {
            return new CheckReport(check.name(), "FAIL", check.section(), check.rule(), Adapter.told(failed.found()));
        } else if (result instanceof Check.Result.Skipped skipped) {
            return new CheckReport(check.name(), "SKIP", check.section(), check.rule(), Adapter.told(skipped.reason()));
        }
        return new CheckReport(check.name(), "PASS", check.section(), check.rule(), "");
    }

    public boolean failed() {
        return outcome.equals("FAIL");
    }

    /** For a terminal. */
    public String line() {
        String seen = found.isEmpty() ? "" : "\n      " + (failed() ? "found: " : "why: ") + found;
        return String.format("%s  %-32s %s: %s%s", outcome, name, section, rule, seen);
    }
}
