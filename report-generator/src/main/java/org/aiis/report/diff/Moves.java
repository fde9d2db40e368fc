package org.aiis.report.diff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;

/** Reads the outputs of the cases that did not give the same bits, a share of them at a time, and measures how far they moved. */
final class Moves {
    /** Of outputs held at once: a hostile bundle may hold gigabytes. */
    private static final long MOST_BYTES = 96L << 20;

    private final Bundle before;
    private final Bundle now;
    private final Rejudge rejudge;
    private final LongConsumer progress;
    private final SortedMap<String, Moved> moved = new TreeMap<>();
    private long done;

    private Moves(Bundle before, Bundle now, Rejudge rejudge, LongConsumer progress) {
        this.before = before;
        this.now = now;
        this.rejudge = rejudge;
        this.progress = progress;
    }

    /** @param ids cases that both bundles hold, and that showed both systems the same */
    static SortedMap<String, Moved> of(
            Bundle before, Bundle now, Set<String> ids, Rejudge rejudge, LongConsumer progress) {
        Moves moves = new Moves(before, now, rejudge, progress);
        Set<String> open = new HashSet<>(ids);
        while (!open.isEmpty()) {
            Map<String, Observation> held = moves.hold(open);
            moves.measure(held);
            open.removeAll(held.keySet());
        }
        return moves.moved;
    }

    private Map<String, Observation> hold(Set<String> open) {
        Map<String, Observation> held = new HashMap<>();
        long[] bytes = {0};
        Evidence.read(before.folder(), (line, done) -> {
            if (bytes[0] < MOST_BYTES && open.contains(done.id())) {
                held.put(done.id(), done.observation());
                bytes[0] += Answers.bytes(done.observation());
            }
        });
        return held;
    }

    private void measure(Map<String, Observation> held) {
        Evidence.read(now.folder(), (line, done) -> {
            Observation then = held.get(done.id());
            if (then != null) {
                measure(then, done);
                progress.accept(++this.done);
            }
        });
    }

    private void measure(Observation then, Entry.CaseDone here) {
        Answers.Distance distance = Answers.between(then, here.observation());
        boolean differs = distance.apart().filter(a -> !a.same()).isPresent();
        if (!differs && !distance.digestsOnly()) {
            return;
        }
        moved.put(
                here.id(),
                new Moved(
                        here.id(),
                        distance.apart().filter(a -> !a.same()),
                        differs ? limits(then, here) : Optional.empty(),
                        distance.digestsOnly(),
                        worst(before, here.id()),
                        here.finding().worst()));
    }

    /** Only of a case that shows the same here: another release may have another one of its name. */
    private Optional<Double> limits(Observation then, Entry.CaseDone here) {
        if (!rejudge.stimulusDigest(here.id()).equals(Optional.of(here.stimulus()))) {
            return Optional.empty();
        }
        OptionalDouble apart = rejudge.apart(
                here.id(),
                then,
                here.observation(),
                before.inputs().profile(),
                before.inputs().ics());
        return apart.isPresent() ? Optional.of(Math.min(apart.getAsDouble(), Double.MAX_VALUE)) : Optional.empty();
    }

    private static Optional<Double> worst(Bundle bundle, String id) {
        return Optional.ofNullable(bundle.evidence().cases().get(id))
                .map(CaseRecord::finding)
                .flatMap(Finding::worst);
    }
}
