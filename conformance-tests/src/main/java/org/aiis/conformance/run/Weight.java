package org.aiis.conformance.run;

import java.util.Collection;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;

/**
 * What an observation takes of the evidence, in bytes before it is packed. A line of evidence has a longest length and a
 * bundle a largest size: what a hostile system under test answers must not make a run that nobody can verify.
 */
final class Weight {
    /** Of one observation: packed and in base64 a line of 64 MiB holds it, however little it can be packed. */
    private static final long MOST = 40L << 20;

    /** Evidence of a run, in bytes, from which on an observation may weigh little; a bundle holds twice that. */
    private static final long MUCH = 1L << 30;

    /** What an observation may weigh then: 10,000 of them fit. */
    private static final long LITTLE = 64L << 10;

    private Weight() {}

    /** The observation, or in place of one that is too heavy that it was; {@code written} is the evidence so far. */
    static Observation bounded(Observation observation, long written) {
        long most = written < MUCH ? MOST : LITTLE;
        return of(observation) <= most
                ? observation
                : new Observation.Exceeded(
                        Observation.Phase.RUN, (most >> 10) + " KiB that evidence can keep of a case");
    }

    private static long of(Observation observation) {
        if (observation instanceof Observation.Outputs o) {
            return tensors(o.values().values()) + placement(o.placement());
        } else if (observation instanceof Observation.Measured o) {
            return o.latencies().view().remaining() + tensors(o.outputs().values());
        } else if (observation instanceof Observation.Twins o) {
            return of(o.valid()) + of(o.broken());
        } else if (observation instanceof Observation.Transcript o) {
            return o.steps().stream().mapToLong(Weight::of).sum();
        }
        return 0; // Texts, which the worker's side cuts.
    }

    private static long tensors(Collection<Recorded> values) {
        long sum = 0;
        for (Recorded value : values) {
            sum += value instanceof Recorded.Whole whole ? weight(whole) : 0;
        }
        return sum;
    }

    private static long weight(Recorded.Whole value) {
        return value.type() == org.aiis.spec.tensor.ElementType.STRING
                ? value.tensor().strings().stream()
                        .mapToLong(s -> 4L + s.length())
                        .sum()
                : value.tensor().view().remaining();
    }

    private static long placement(Collection<NodePlacement> nodes) {
        long sum = 0;
        for (NodePlacement node : nodes) {
            sum += 48L + node.node().length() + node.by().length();
        }
        return sum;
    }
}
