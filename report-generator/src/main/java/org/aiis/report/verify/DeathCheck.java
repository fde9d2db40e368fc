package org.aiis.report.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Seat;

/**
 * That each death that a fresh process did not die was searched for its cause, no other was, and that each search says what its
 * own numbers bear out: the cases that are blamed were shown to the process that died, before it died.
 */
final class DeathCheck {
    private final Evidence evidence;
    private final Complaints complaints;

    DeathCheck(Evidence evidence, Complaints complaints) {
        this.evidence = evidence;
        this.complaints = complaints;
    }

    void check() {
        Set<String> expected = new TreeSet<>();
        if (evidence.begin().repeats().tracing().isPresent()) {
            evidence.repeated().of(Purpose.REPEAT).forEach((id, again) -> {
                boolean died = Optional.ofNullable(evidence.cases().get(id))
                        .filter(first -> Repeats.isDeath(first.finding()))
                        .isPresent();
                if (died && !Repeats.isDeath(again.finding())) {
                    expected.add(id);
                }
            });
        }
        Set<String> found = evidence.repeated().traced().keySet();
        expected.stream()
                .filter(id -> !found.contains(id))
                .forEach(id ->
                        complain(id, "the cause of a death that a fresh process did not die is not searched for"));
        found.stream()
                .filter(id -> !expected.contains(id))
                .forEach(id -> complain(id, "searched for the cause of a death, which the run did not set out to"));
        evidence.repeated().traced().values().forEach(this::check);
    }

    private void check(Entry.Traced traced) {
        String id = traced.id();
        boolean named = !traced.after().isEmpty()
                && traced.at().isPresent()
                && traced.observation().isPresent();
        boolean unnamed = traced.after().isEmpty()
                && traced.at().isEmpty()
                && traced.observation().isEmpty();
        boolean holds =
                switch (traced.origin()) {
                    case OWN -> false;
                    case SOMETIMES -> unnamed && traced.diedAlone() > 0;
                    case EARLIER -> named && traced.died() > 1 && traced.diedAlone() == 0;
                    case NOT_AGAIN, UNSEARCHED -> unnamed && traced.diedAlone() == 0;
                };
        holds &= traced.died() >= 0 && traced.died() <= traced.shown();
        holds &= traced.diedAlone() >= 0 && traced.diedAlone() < traced.alone();
        if (!holds) {
            complain(
                    id,
                    "its numbers do not bear out that its death is of the kind '"
                            + traced.origin().word() + "'");
        }
        seats(traced);
    }

    /** Nothing is known of processes where parts were merged. */
    private void seats(Entry.Traced traced) {
        CaseRecord died = evidence.cases().get(traced.id());
        List<String> blamed = new ArrayList<>(traced.after());
        traced.at().filter(at -> !at.equals(traced.id())).ifPresent(blamed::add);
        if (traced.origin() == Origin.EARLIER && blamed.contains(traced.id())) {
            complain(traced.id(), "blamed for its own death among earlier cases");
        }
        blamed.stream()
                .filter(id -> !evidence.cases().containsKey(id))
                .forEach(id -> complain(traced.id(), "its death is blamed on a case that was not shown: " + id));
        Optional<Seat> end = died == null ? Optional.empty() : died.seat();
        if (end.isEmpty()) {
            return;
        }
        if (traced.history() >= end.get().place()) {
            complain(
                    traced.id(),
                    "its process had been shown " + (end.get().place() - 1) + " cases before, not " + traced.history());
        }
        int place = 0;
        for (String id : blamed) {
            int at = Optional.ofNullable(evidence.cases().get(id))
                    .flatMap(CaseRecord::seat)
                    .filter(seat -> seat.process() == end.get().process())
                    .map(Seat::place)
                    .orElse(0);
            if (at <= place || at >= end.get().place()) {
                complain(traced.id(), "its death is blamed on a case that its process was not shown before: " + id);
            }
            place = Math.max(place, at);
        }
    }

    private void complain(String id, String reason) {
        complaints.add(Layout.EVIDENCE, id + ": " + reason);
    }
}
