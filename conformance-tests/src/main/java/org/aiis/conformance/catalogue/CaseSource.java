package org.aiis.conformance.catalogue;

import java.util.stream.Stream;
import org.aiis.spec.testing.TestCase;

/** Where cases come from. */
@FunctionalInterface
public interface CaseSource {
    Stream<TestCase> cases();
}
