package org.aiis.conformance.vectors.shrink;

import java.util.Optional;
import java.util.stream.Stream;

/** Something that can be taken from a case; empty where it does not apply. */
@FunctionalInterface
interface Cut {
    Optional<Draft> of(Draft draft);

    /** Where cuts of one kind come from: for a case as it is now, the boldest first. */
    @FunctionalInterface
    interface Kind {
        Stream<Cut> cuts(Draft draft);
    }
}
