package org.aiis.conformance.worker;

import java.util.List;
import java.util.TreeMap;
import org.aiis.spec.testing.Observation;

/** Texts of a system under test, cut to a length that evidence and report can hold a thousand times over. */
final class Clipped {
    /** Characters of a text. The longest message that ONNX Runtime was seen to give has 3,000. */
    static final int LONGEST = 16 << 10;

    private Clipped() {}

    static Observation of(Observation observation) {
        if (observation instanceof Observation.Rejected o) {
            return new Observation.Rejected(o.phase(), text(o.code()), text(o.message()));
        } else if (observation instanceof Observation.NotDriven o) {
            return new Observation.NotDriven(text(o.reason()));
        } else if (observation instanceof Observation.Violated o) {
            return new Observation.Violated(o.phase(), text(o.message()));
        } else if (observation instanceof Observation.Measured o) {
            TreeMap<String, String> effective = new TreeMap<>();
            o.effective().forEach((name, value) -> effective.put(text(name), text(value)));
            return new Observation.Measured(o.latencies(), o.samples(), o.totalNanos(), o.outputs(), effective);
        } else if (observation instanceof Observation.Twins o) {
            return new Observation.Twins(of(o.valid()), of(o.broken()));
        } else if (observation instanceof Observation.Transcript o) {
            return new Observation.Transcript(all(o.steps()));
        }
        return observation;
    }

    private static List<Observation> all(List<Observation> steps) {
        return steps.stream().map(Clipped::of).toList();
    }

    static String text(String given) {
        return given.length() <= LONGEST
                ? given
                : given.substring(0, LONGEST) + "… [cut by the suite: " + given.length() + " characters]";
    }
}
