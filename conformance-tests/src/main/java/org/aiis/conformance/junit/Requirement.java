package org.aiis.conformance.junit;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** The cases of a requirement. */
final class Requirement extends AbstractTestDescriptor {
    private boolean begun;
    private final AtomicInteger finished = new AtomicInteger();

    Requirement(UniqueId catalogue, String id) {
        super(catalogue.append("requirement", id), id);
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    /** Notes that a case of it begins; whether it is the first. */
    synchronized boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** Notes that a case of it is over; whether it was the last. */
    boolean ends() {
        return finished.incrementAndGet() == getChildren().size();
    }
}
