package org.aiis.conformance.junit;

import org.aiis.spec.testing.TestCase;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** A case as a test, named by its id. */
final class Case extends AbstractTestDescriptor {
    private final Requirement requirement;
    private final TestCase testCase;

    Case(Requirement requirement, TestCase testCase) {
        super(requirement.getUniqueId().append("case", testCase.id()), testCase.id());
        this.requirement = requirement;
        this.testCase = testCase;
    }

    Requirement requirement() {
        return requirement;
    }

    TestCase testCase() {
        return testCase;
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }
}
