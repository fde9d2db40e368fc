package org.aiis.report.bundle;

import java.util.Locale;
import org.aiis.spec.testing.Observation;

/** What a system under test did, in a few words. */
final class Seen {
    private static final int LONGEST = 400;

    private Seen() {}

    static String inWords(Observation observation) {
        String words = say(observation);
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    private static String say(Observation observation) {
        if (observation instanceof Observation.Outputs o) {
            return "answered with " + count(o.values().size(), "output");
        } else if (observation instanceof Observation.Rejected r) {
            return "refused at " + phase(r.phase()) + " with " + r.code() + ": " + r.message();
        } else if (observation instanceof Observation.Crashed c) {
            return "process died at " + phase(c.phase()) + " of " + c.cause();
        } else if (observation instanceof Observation.TimedOut t) {
            return "no answer at " + phase(t.phase()) + " within " + t.millis() + " ms, killed";
        } else if (observation instanceof Observation.Exceeded e) {
            return "took more than " + e.limit() + " at " + phase(e.phase());
        } else if (observation instanceof Observation.Violated v) {
            return "answered against the worker protocol at " + phase(v.phase()) + ": " + v.message();
        } else if (observation instanceof Observation.NotDriven n) {
            return "not driven: " + n.reason();
        } else if (observation instanceof Observation.Twins t) {
            return "valid twin: " + say(t.valid()) + "; broken one: " + say(t.broken());
        } else if (observation instanceof Observation.Transcript t) {
            return t.steps().isEmpty()
                    ? "no step"
                    : count(t.steps().size(), "step") + ", the last: "
                            + say(t.steps().get(t.steps().size() - 1));
        } else if (observation instanceof Observation.Measured m) {
            return "load of " + count(m.latencies().size(), "query") + ", " + count(m.samples(), "sample");
        }
        throw new IllegalStateException("unknown observation " + observation.getClass());
    }

    static String phase(Observation.Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static String count(long n, String thing) {
        if (n == 1) {
            return "1 " + thing;
        }
        return n + " " + (thing.endsWith("y") ? thing.substring(0, thing.length() - 1) + "ies" : thing + "s");
    }
}
