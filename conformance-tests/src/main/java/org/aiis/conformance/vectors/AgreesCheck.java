package org.aiis.conformance.vectors;

import java.util.function.Supplier;
import org.aiis.conformance.judge.Closeness;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Terms;

/** VEC-AGREES: the outputs that the folder holds, within its own tolerance or the profile's. */
record AgreesCheck(Supplier<DataSet> data) implements Expectation.Check {
    static final String RTOL = "vectors-rtol";
    static final String ATOL = "vectors-atol";

    @Override
    public Finding check(Observation observation, Terms terms) {
        if (observation instanceof Observation.Rejected rejected) {
            return rejected(rejected);
        }
        if (!(observation instanceof Observation.Outputs outputs)) {
            throw new IllegalStateException(
                    "outputs are expected, " + observation.getClass().getSimpleName() + " was observed");
        }
        DataSet set = data.get();
        Closeness.Result result = closeness(set, terms).compare(outputs.values(), set.expected());
        Finding finding = result.close() ? Finding.pass() : Finding.fail("value", result.problem());
        return finding.withWorst(result.worst());
    }

    static Closeness closeness(DataSet set, Terms terms) {
        return new Closeness(
                set.tolerance().getOrDefault("rtol", limit(terms, RTOL)),
                set.tolerance().getOrDefault("atol", limit(terms, ATOL)));
    }

    private static double limit(Terms terms, String name) {
        return terms.limit(name, VectorCases.TOLERANCE.getOrDefault(name, 0.0));
    }

    static Finding rejected(Observation.Rejected rejected) {
        return Finding.fail("rejected", "rejected: " + rejected.message() + "; outputs are expected");
    }
}
