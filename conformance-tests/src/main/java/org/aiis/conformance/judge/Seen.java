package org.aiis.conformance.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Verdict;

/** An observation taken apart, and what it decides whatever was expected. */
record Seen(List<Observation> parts) {
    static Seen of(Observation observation) {
        List<Observation> parts = new ArrayList<>();
        collect(observation, parts);
        return new Seen(List.copyOf(parts));
    }

    private static void collect(Observation observation, List<Observation> parts) {
        if (observation instanceof Observation.Twins twins) {
            collect(twins.valid(), parts);
            collect(twins.broken(), parts);
        } else if (observation instanceof Observation.Transcript transcript) {
            transcript.steps().forEach(step -> collect(step, parts));
        } else {
            parts.add(observation);
        }
    }

    /** Deaths, time-outs, limits and breaches of the protocol, then what could not be shown. */
    Optional<Finding> decided() {
        for (Observation part : parts) {
            Optional<Finding> ended = ended(part);
            if (ended.isPresent()) {
                return ended;
            }
        }
        for (Observation part : parts) {
            if (part instanceof Observation.NotDriven undriven) {
                return Optional.of(notDriven(undriven.reason()));
            }
        }
        return Optional.empty();
    }

    /** What was said of a session that was refused before the first step that could not be shown. */
    Optional<String> refusal() {
        return parts.stream()
                .filter(o -> o instanceof Observation.NotDriven || refused(o))
                .findFirst()
                .filter(Seen::refused)
                .map(o -> ((Observation.Rejected) o).message());
    }

    private static boolean refused(Observation observation) {
        return observation instanceof Observation.Rejected r && r.phase() == Observation.Phase.LOAD;
    }

    static Finding notDriven(String why) {
        return Finding.of(Verdict.INCONCLUSIVE, "not driven: " + why).because("not-driven");
    }

    private static Optional<Finding> ended(Observation observation) {
        if (observation instanceof Observation.Crashed c) {
            return Optional.of(Finding.fail("crashed", "the process died at " + phase(c.phase()) + ": " + c.cause()));
        }
        if (observation instanceof Observation.TimedOut t) {
            return Optional.of(
                    Finding.fail("timed-out", "no answer at " + phase(t.phase()) + " in " + t.millis() + " ms"));
        }
        if (observation instanceof Observation.Exceeded e) {
            return Optional.of(Finding.fail("exceeded", "took more than " + e.limit() + " at " + phase(e.phase())));
        }
        if (observation instanceof Observation.Violated v) {
            return Optional.of(Finding.fail(
                    "protocol", "answer against the protocol at " + phase(v.phase()) + ": " + v.message()));
        }
        return Optional.empty();
    }

    static String phase(Observation.Phase phase) {
        return phase.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Rejections, and how many came without a word. */
    SortedMap<String, Long> rejections() {
        SortedMap<String, Long> tallies = new TreeMap<>();
        for (Observation part : parts) {
            if (part instanceof Observation.Rejected rejected) {
                tallies.merge("rejections", 1L, Long::sum);
                if (rejected.message().isBlank()) {
                    tallies.merge("rejections.silent", 1L, Long::sum);
                }
            }
        }
        return tallies;
    }

    /** Where nodes ran, over all parts. */
    List<NodePlacement> placement() {
        List<NodePlacement> nodes = new ArrayList<>();
        for (Observation part : parts) {
            if (part instanceof Observation.Outputs outputs) {
                nodes.addAll(outputs.placement());
            }
        }
        return nodes;
    }

    boolean answered() {
        for (Observation part : parts) {
            if (part instanceof Observation.Outputs outputs && !outputs.values().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
