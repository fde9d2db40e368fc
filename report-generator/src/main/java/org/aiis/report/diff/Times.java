package org.aiis.report.diff;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.CaseRecord;

/**
 * How long it took. What a case takes holds the wait for a worker, so it is told for the middle of all cases, and for cases
 * that stand out; loads were timed by the worker itself.
 *
 * @param secondsBefore from the begin of the run to its end; empty where it did not come to its end, or was resumed
 * @param middle of the quotients now by before of what each case took
 * @param slower cases that took ten seconds more, and many times as long as before
 * @param loads of which both bundles hold a measure
 */
public record Times(
        Optional<Double> secondsBefore,
        Optional<Double> secondsNow,
        Optional<Double> middle,
        List<Case> slower,
        List<Load> loads) {
    /** Under load a case waits for seconds: a worker starts, or others have the processors. */
    private static final long LONG_MICROS = 10_000_000;

    private static final double MANY_TIMES = 5;

    public Times {
        slower = List.copyOf(slower);
        loads = List.copyOf(loads);
    }

    /** Milliseconds of a case. */
    public record Case(String id, double before, double now) {}

    /** The median of a load's latencies in milliseconds, and samples a second. */
    public record Load(String id, double p50Before, double p50Now, double rateBefore, double rateNow) {}

    static Times of(Bundle before, Bundle now, Collection<String> ids) {
        List<Double> quotients = new ArrayList<>();
        List<Load> loads = new ArrayList<>();
        for (String id : ids) {
            CaseRecord then = record(before, id);
            CaseRecord here = record(now, id);
            if (then.micros() > 0 && here.micros() > 0) {
                quotients.add((double) here.micros() / then.micros());
            }
            if (then.measure().isPresent() && here.measure().isPresent()) {
                loads.add(new Load(
                        id,
                        then.measure().get().p50() / 1e6,
                        here.measure().get().p50() / 1e6,
                        then.measure().get().throughput(),
                        here.measure().get().throughput()));
            }
        }
        quotients.sort(Comparator.naturalOrder());
        Optional<Double> middle =
                quotients.isEmpty() ? Optional.empty() : Optional.of(quotients.get(quotients.size() / 2));
        double usual = Math.max(1, middle.orElse(1.0));
        List<Case> slower = ids.stream()
                .filter(id -> record(now, id).micros() - record(before, id).micros() > LONG_MICROS
                        && record(now, id).micros()
                                > MANY_TIMES * usual * record(before, id).micros())
                .map(id -> new Case(
                        id, record(before, id).micros() / 1e3, record(now, id).micros() / 1e3))
                .sorted(Comparator.comparing((Case c) -> c.before - c.now))
                .toList();
        return new Times(seconds(before), seconds(now), middle, slower, loads);
    }

    private static CaseRecord record(Bundle bundle, String id) {
        return java.util.Objects.requireNonNull(bundle.evidence().cases().get(id));
    }

    private static Optional<Double> seconds(Bundle bundle) {
        if (!bundle.evidence().resumed().isEmpty()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime begin =
                    OffsetDateTime.parse(bundle.evidence().begin().at());
            return bundle.evidence()
                    .end()
                    .map(end -> Duration.between(begin, OffsetDateTime.parse(end.at()))
                                    .toMillis()
                            / 1e3);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
