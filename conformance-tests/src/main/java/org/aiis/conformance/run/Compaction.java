package org.aiis.conformance.run;

import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.judge.ZeroSign;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/**
 * Keeps the digest of an output in place of its elements where nothing is lost by it: an exact match was asked for and
 * found, so that the reference holds the same elements. Where subnormal results were counted the elements stay: a digest
 * could not be counted again. So they do where the sign of a zero is open: the reference may hold the other one.
 */
final class Compaction {
    private Compaction() {}

    static Observation of(TestCase testCase, Observation observation, Finding finding) {
        boolean exact = testCase.expectation() instanceof Expectation.Outputs
                || testCase.expectation() instanceof Expectation.ByOracle e && e.tolerance() instanceof Tolerance.Exact
                || testCase.expectation() instanceof Expectation.Rejection r && r.twin() instanceof Tolerance.Exact;
        return !exact || finding.verdict() != Verdict.PASS || countsSubnormals(finding)
                ? observation
                : digests(testCase, observation);
    }

    private static boolean countsSubnormals(Finding finding) {
        for (String tally : finding.tallies().keySet()) {
            if (tally.startsWith("kept.") || tally.startsWith("flushed.")) {
                return true;
            }
        }
        return false;
    }

    private static Observation digests(TestCase testCase, Observation observation) {
        if (observation instanceof Observation.Twins twins) {
            return new Observation.Twins(digests(testCase, twins.valid()), twins.broken());
        }
        if (!(observation instanceof Observation.Outputs outputs)) {
            return observation;
        }
        TreeMap<String, Recorded> kept = new TreeMap<>();
        for (Map.Entry<String, Recorded> value : outputs.values().entrySet()) {
            kept.put(value.getKey(), digest(testCase, value.getValue()));
        }
        return new Observation.Outputs(kept, outputs.placement());
    }

    /** Small outputs stay whole: a digest would take more room than they do. */
    private static Recorded digest(TestCase testCase, Recorded value) {
        return value instanceof Recorded.Whole whole
                        && whole.tensor().view().remaining() > 32
                        && !ZeroSign.leavesOpen(testCase, whole.tensor())
                ? new Recorded.Digest(value.type(), value.shape(), value.digest())
                : value;
    }
}
