package org.aiis.spec.protocol;

import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Observation;

/** What a worker answers. */
public sealed interface Answer {
    record Described(int protocol, Sut sut) implements Answer {}

    /** To {@code describe} alone: the worker cannot serve, and why. */
    record Refused(String message) implements Answer {}

    /** To a step: outputs, rejected, not driven, or measured. What only the suite can see is not on the wire. */
    record Observed(Observation observation) implements Answer {}
}
