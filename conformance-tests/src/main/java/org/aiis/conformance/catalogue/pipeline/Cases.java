package org.aiis.conformance.catalogue.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Declares cases of one source. */
record Cases(Class<?> origin) {
    /** A case of the requirement that its id begins with. */
    TestCase of(String id, Supplier<Stimulus> stimulus, Expectation expectation) {
        String requirement = id.substring(0, id.indexOf('/'));
        return new TestCase(
                id, List.of(requirement), Grade.QUICK, Optional.empty(), stimulus, expectation, origin.getSimpleName());
    }

    /** The same, judged by a check. */
    TestCase check(String id, Supplier<Stimulus> stimulus, Expectation.Check check) {
        return of(id, stimulus, new Expectation.Behaviour(check));
    }
}
