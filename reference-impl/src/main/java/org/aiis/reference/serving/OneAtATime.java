package org.aiis.reference.serving;

import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** A backend that does not say that many threads may ask it at once. */
record OneAtATime(Backend backend) implements Backend {
    @Override
    public Sut describe() {
        return backend.describe();
    }

    @Override
    public synchronized Observation perform(Step step) {
        return backend.perform(step);
    }

    @Override
    public synchronized void close() {
        backend.close();
    }
}
