package org.aiis.conformance.junit;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/** The catalogue, whose cases are found when it is run. */
final class Catalogued extends AbstractTestDescriptor {
    Catalogued(UniqueId engine) {
        super(engine.append("catalogue", "core"), "conformance", ClassSource.from(ConformanceTests.class));
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public boolean mayRegisterTests() {
        return true;
    }
}
