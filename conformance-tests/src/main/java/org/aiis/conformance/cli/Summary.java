package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Whose;
import org.aiis.spec.testing.Verdict;

/** What a run came to, in a screenful. */
final class Summary {
    /** Groups of failures printed; the report has the rest. */
    private static final int GROUPS = 10;

    private static final int REQUIREMENTS = 20;

    /** Flaky cases named. */
    private static final int NAMED = 5;

    private Summary() {}

    static void print(PrintWriter out, Results results) {
        results.classes()
                .forEach(c -> out.println(String.format(
                                Locale.ROOT,
                                "  %-28s %s  %d requirements, %d cases",
                                c.title(),
                                RunCommand.coloured(c.verdict()),
                                c.requirements(),
                                c.cases())
                        + (c.waived() > 0 ? ", waived: " + c.waived() : "")));
        results.requirements().stream()
                .filter(r -> r.verdict().compareTo(Verdict.INCONCLUSIVE) >= 0)
                .limit(REQUIREMENTS)
                .forEach(r -> out.println("  " + RunCommand.coloured(r.verdict()) + " " + r.id() + " ("
                        + r.level().word() + ")  " + r.failing().size() + " of " + r.cases() + " cases"));
        groups(out, results);
        again(out, results);
    }

    private static void groups(PrintWriter out, Results results) {
        if (results.groups().isEmpty()) {
            return;
        }
        int cases = results.groups().stream().mapToInt(g -> g.cases().size()).sum();
        out.println(cases + " failing cases in " + results.groups().size() + " groups, by what they have in common:");
        results.groups().stream().limit(GROUPS).forEach(g -> {
            out.println(String.format(
                    Locale.ROOT,
                    "  %5d  %s  [%s%s]",
                    g.cases().size(),
                    g.what(),
                    g.whose().words(results.sut().name()),
                    g.waived() > 0 ? ", waived: " + g.waived() : ""));
            out.println("         " + g.smallest());
        });
        if (results.groups().size() > GROUPS) {
            out.println("         and " + (results.groups().size() - GROUPS) + " more groups, in the report");
        }
    }

    private static void again(PrintWriter out, Results results) {
        for (Results.Repeat repeat : results.repeats()) {
            boolean told = repeat.purpose() == Purpose.CORE
                    && results.groups().stream().noneMatch(g -> g.whose() == Whose.RUNTIME);
            if (!told) {
                out.println(repeat.sentence());
            }
        }
        results.flaky().stream()
                .limit(NAMED)
                .forEach(f -> out.println("  flaky  " + f.id() + ": " + f.first() + ", then " + f.second()));
        if (!results.deaths().isEmpty()) {
            out.println(Results.Death.sentence(results.deaths()));
        }
        results.deaths().stream()
                .filter(d -> d.origin().filter(from -> from != Origin.OWN).isPresent())
                .limit(NAMED)
                .forEach(d -> out.println("  died   " + d.id() + ": " + d.what()));
        results.levels().stream()
                .limit(NAMED)
                .forEach(f -> out.println(
                        "  level  " + f.id() + ": " + f.optimised() + ", without optimisation " + f.unoptimised()));
    }
}
