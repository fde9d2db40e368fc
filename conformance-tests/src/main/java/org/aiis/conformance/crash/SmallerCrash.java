package org.aiis.conformance.crash;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.aiis.conformance.vectors.shrink.Shrinker;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Looks for the smallest model that ends the process at the same place. */
public final class SmallerCrash {
    private final Oracle oracle;
    private final Function<Stimulus, Observation> worker;

    public SmallerCrash(Oracle oracle, Function<Stimulus, Observation> worker) {
        this.oracle = oracle;
        this.worker = worker;
    }

    /**
     * The smallest found, the case itself when none is smaller; empty when the case does not die here as the bundle says.
     *
     * @param spent asked before each candidate
     */
    public Optional<TestCase> of(CrashGroup group, BooleanSupplier spent) {
        TestCase first = group.cases().get(0);
        Stimulus stimulus = first.stimulus().get();
        if (!dies(stimulus, group.signature())) {
            return Optional.empty();
        }
        Stimulus smallest =
                new Shrinker(oracle, candidate -> dies(candidate, group.signature()), spent).shrink(stimulus);
        return Optional.of(new TestCase(
                first.id(),
                first.requirements(),
                first.grade(),
                first.pair(),
                () -> smallest,
                new Expectation.Survival(),
                first.origin()));
    }

    private boolean dies(Stimulus stimulus, Signature signature) {
        return Signature.of(worker.apply(stimulus)).filter(signature::equals).isPresent();
    }
}
