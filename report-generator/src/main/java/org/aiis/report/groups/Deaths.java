package org.aiis.report.groups;

import java.util.List;
import java.util.Optional;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Results;

/** Where the deaths of a run come from, as far as its evidence says. */
public final class Deaths {
    private Deaths() {}

    /** Of all cases at which a process died, in order; none where the run did not set out to find out. */
    public static List<Results.Death> of(Evidence evidence) {
        return evidence.cases().values().stream()
                .filter(done -> told(done, evidence))
                .map(done -> death(done.id(), evidence))
                .toList();
    }

    private static boolean told(CaseRecord done, Evidence evidence) {
        return evidence.begin().repeats().tracing().isPresent() && Repeats.isDeath(done.finding());
    }

    /** Where the death at a case comes from; empty where none was seen, or nothing was found out. */
    public static Optional<Origin> origin(CaseRecord done, Evidence evidence) {
        if (!told(done, evidence)) {
            return Optional.empty();
        }
        return evidence.repeated()
                .of(Purpose.REPEAT, done.id())
                .filter(again -> Repeats.isDeath(again.finding()))
                .map(again -> Origin.OWN)
                .or(() -> evidence.repeated().traced(done.id()).map(Entry.Traced::origin));
    }

    /** The cases that the death at a case is blamed on. */
    public static List<String> after(String id, Evidence evidence) {
        return evidence.repeated().traced(id).map(Entry.Traced::after).orElse(List.of());
    }

    private static Results.Death death(String id, Evidence evidence) {
        Optional<Origin> origin =
                origin(java.util.Objects.requireNonNull(evidence.cases().get(id)), evidence);
        return new Results.Death(id, origin, after(id, evidence), inWords(id, origin, evidence));
    }

    private static String inWords(String id, Optional<Origin> origin, Evidence evidence) {
        if (origin.isEmpty()) {
            return "not shown again: more processes died than the run shows again";
        }
        if (origin.get() == Origin.OWN) {
            return "alone in a fresh process it dies too";
        }
        Entry.Traced traced = evidence.repeated().traced(id).orElseThrow();
        String history = traced.history() == 1 ? "the case" : "the " + traced.history() + " cases";
        return switch (origin.get()) {
            case OWN -> "";
            case SOMETIMES ->
                "alone in a fresh process it dies one time and another time not: " + traced.diedAlone() + " of "
                        + traced.alone() + " died";
            case EARLIER ->
                "a process dies "
                        + (traced.at().equals(Optional.of(id))
                                ? "here"
                                : "at " + traced.at().orElse("")) + " after "
                        + String.join(" and then ", traced.after()) + " (" + traced.died() + " of " + traced.shown()
                        + " fresh processes did); alone it does not (0 of " + traced.alone() + ")";
            case NOT_AGAIN ->
                "seen once: no process died again, neither alone (0 of " + traced.alone()
                        + ") nor, more than by chance, after " + history + " that its process had been shown before";
            case UNSEARCHED ->
                "alone in a fresh process it does not die; the search through " + history
                        + " that its process had been shown before ended without a result, for want of time or since no few of"
                        + " them are enough";
        };
    }
}
