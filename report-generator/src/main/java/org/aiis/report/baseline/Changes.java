package org.aiis.report.baseline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.testing.Verdict;

/**
 * A run against an earlier one, case by case. It is said beside the verdicts and changes none.
 *
 * @param fresh cases that fail now and did not before, other than the flaky ones
 * @param fixed cases that failed before and pass now
 * @param flaky cases that fail in one of the two, and did something else when one of the runs showed them again
 * @param still cases that fail in both
 * @param undecided cases that failed before and are neither failing nor passing now, or were not driven
 * @param notes in what the two runs differ beside that
 */
public record Changes(
        List<String> fresh,
        List<String> fixed,
        List<String> flaky,
        List<String> still,
        List<String> undecided,
        List<String> notes) {
    public Changes {
        fresh = List.copyOf(fresh);
        fixed = List.copyOf(fixed);
        flaky = List.copyOf(flaky);
        still = List.copyOf(still);
        undecided = List.copyOf(undecided);
        notes = List.copyOf(notes);
    }

    /** Compares two bundles as their files say them; whether they may be believed has been checked before. */
    public static Changes between(Bundle before, Bundle now) {
        Set<String> unsteady = new HashSet<>();
        before.results().flaky().forEach(f -> unsteady.add(f.id()));
        now.results().flaky().forEach(f -> unsteady.add(f.id()));
        Set<String> ids = new TreeSet<>(before.evidence().cases().keySet());
        ids.addAll(now.evidence().cases().keySet());
        List<String> fresh = new ArrayList<>();
        List<String> fixed = new ArrayList<>();
        List<String> flaky = new ArrayList<>();
        List<String> still = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        for (String id : ids) {
            boolean failed = failing(verdict(before, id));
            boolean fails = failing(verdict(now, id));
            if (failed && fails) {
                still.add(id);
            } else if (failed != fails && unsteady.contains(id)) {
                flaky.add(id);
            } else if (fails) {
                fresh.add(id);
            } else if (failed) {
                boolean passes = verdict(now, id).equals(Optional.of(Verdict.PASS));
                (passes ? fixed : undecided).add(id);
            }
        }
        return new Changes(fresh, fixed, flaky, still, undecided, notes(before, now));
    }

    private static Optional<Verdict> verdict(Bundle bundle, String id) {
        return Optional.ofNullable(bundle.evidence().cases().get(id))
                .map(CaseRecord::finding)
                .map(finding -> finding.verdict());
    }

    private static boolean failing(Optional<Verdict> verdict) {
        return verdict.filter(v -> v.compareTo(Verdict.FAIL) >= 0).isPresent();
    }

    private static List<String> notes(Bundle before, Bundle now) {
        Results then = before.results();
        Results here = now.results();
        List<String> notes = new ArrayList<>();
        note(notes, "suite", then.suite(), here.suite());
        note(notes, "system under test", named(then.sut()), named(here.sut()));
        note(notes, "profile", then.profile().toString(), here.profile().toString());
        note(notes, "grade", then.grade().word(), here.grade().word());
        note(
                notes,
                "catalogue",
                before.manifest().digests().getOrDefault("catalogue", "none"),
                now.manifest().digests().getOrDefault("catalogue", "none"));
        Set<String> only = new TreeSet<>(before.evidence().cases().keySet());
        only.removeAll(now.evidence().cases().keySet());
        if (!only.isEmpty()) {
            notes.add(only.size() + " cases of the baseline are not in this run");
        }
        Set<String> added = new TreeSet<>(now.evidence().cases().keySet());
        added.removeAll(before.evidence().cases().keySet());
        if (!added.isEmpty()) {
            notes.add(added.size() + " cases of this run are not in the baseline: one that fails counts as new");
        }
        return notes;
    }

    private static String named(Sut sut) {
        return sut.name() + " " + sut.version() + " (" + sut.provider() + ", backend " + sut.backend() + ")";
    }

    private static void note(List<String> notes, String what, String before, String now) {
        if (!before.equals(now)) {
            notes.add("another " + what + " than in the baseline: " + before + " there, " + now + " here");
        }
    }
}
