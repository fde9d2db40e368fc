package org.aiis.spec.testing;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Tensor;

/** What the standard allows: a set of observations, not a value. */
public sealed interface Expectation {
    /** These outputs, exactly. */
    record Outputs(SortedMap<String, Tensor> values) implements Expectation {
        public Outputs {
            values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    /** What the oracle says, within the tolerance that the standard gives for the case. */
    record ByOracle(Tolerance tolerance) implements Expectation {}

    /** The valid twin as the oracle says, the broken one refused at load or at run, or only at load. */
    record Rejection(Tolerance twin, boolean onlyAtLoad) implements Expectation {
        public Rejection(Tolerance twin) {
            this(twin, false);
        }
    }

    /** The model refused with an error, or anything that comes back in good order: neither death nor hang. */
    record Survival() implements Expectation {}

    /** Any one of these. */
    record OneOf(List<Expectation> any) implements Expectation {
        public OneOf {
            any = List.copyOf(any);
        }
    }

    /**
     * Judged by a method with {@code @Verifies}; its stimulus stands beside it.
     *
     * @param firm whether a refused session is judged where it kept later steps of the script from being shown
     */
    record Behaviour(Check check, boolean firm) implements Expectation {
        public Behaviour(Check check) {
            this(check, false);
        }
    }

    /**
     * What a behaviour asks of the observation. Either it gives a finding, with its measures as tallies, or it throws
     * AssertionError, with the numbers, when what it asks is not met.
     */
    @FunctionalInterface
    interface Check {
        Finding check(Observation observation, Terms terms);

        /** A check that only asserts: it passes when nothing is thrown. */
        static Check asserting(BiConsumer<Observation, Terms> assertions) {
            return (observation, terms) -> {
                assertions.accept(observation, terms);
                return Finding.pass();
            };
        }
    }
}
