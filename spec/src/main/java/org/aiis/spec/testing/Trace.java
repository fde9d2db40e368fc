package org.aiis.spec.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.tensor.Bytes;

/**
 * What an observation comes down to where two are compared: every output bit for bit, every refusal by its code, every death
 * by its cause; no message, address, time or amount of memory, which differ from run to run in a right system too.
 *
 * @param outcome what came back, or the digest of much
 * @param placement where the nodes ran, or the digest of much
 */
public record Trace(String outcome, String placement) {
    /** Characters that are kept as they are: most cases have one output and one node. */
    private static final int SHORT = 128;

    public static Trace of(Observation observation) {
        List<String> outcome = new ArrayList<>();
        List<String> placement = new ArrayList<>();
        collect(observation, outcome, placement);
        return new Trace(brief(outcome), brief(placement));
    }

    private static void collect(Observation observation, List<String> outcome, List<String> placement) {
        if (observation instanceof Observation.Outputs o) {
            outcome.add("outputs");
            o.values().forEach((name, value) -> {
                if (!name.startsWith(Step.MEASURED)) {
                    outcome.add(name + " " + value.digest());
                }
            });
            o.placement().forEach(node -> placement.add(node.toString()));
        } else if (observation instanceof Observation.Rejected r) {
            outcome.add("rejected " + r.phase() + " " + r.code());
        } else if (observation instanceof Observation.Crashed c) {
            outcome.add("crashed " + c.phase() + " " + c.cause());
        } else if (observation instanceof Observation.TimedOut t) {
            outcome.add("timed out " + t.phase());
        } else if (observation instanceof Observation.Violated v) {
            outcome.add("violated " + v.phase());
        } else if (observation instanceof Observation.NotDriven n) {
            outcome.add("not driven " + n.reason());
        } else if (observation instanceof Observation.Twins t) {
            outcome.add("valid");
            collect(t.valid(), outcome, placement);
            outcome.add("broken");
            collect(t.broken(), outcome, placement);
        } else if (observation instanceof Observation.Transcript t) {
            t.steps().forEach(step -> collect(step, outcome, placement));
        } else if (observation instanceof Observation.Measured m) {
            outcome.add("measured");
            m.outputs().forEach((name, value) -> outcome.add(name + " " + value.digest()));
        } else {
            outcome.add(observation.getClass().getSimpleName());
        }
    }

    private static String brief(List<String> parts) {
        String text = String.join("\n", parts);
        return text.length() <= SHORT ? text : Bytes.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
