package org.aiis.spec.port;

import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * A system under test, one step of the worker protocol at a time. A step never throws for what the system under test
 * does: that is an observation.
 */
public interface Backend extends AutoCloseable {
    /** Who it says it is. */
    Sut describe();

    Observation perform(Step step);

    @Override
    void close();
}
