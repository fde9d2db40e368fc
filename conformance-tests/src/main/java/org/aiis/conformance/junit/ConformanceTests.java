package org.aiis.conformance.junit;

import org.junit.platform.commons.annotation.Testable;

/**
 * What is selected to run the catalogue: {@link ConformanceEngine} finds its cases here. Started from an IDE or from Maven it
 * is a quick run of core on the CPU provider, into a temporary folder.
 */
@Testable
public final class ConformanceTests {
    private ConformanceTests() {}
}
