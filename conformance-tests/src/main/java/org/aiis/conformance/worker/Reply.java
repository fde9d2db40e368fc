package org.aiis.conformance.worker;

import org.aiis.spec.protocol.Answer;
import org.aiis.spec.testing.Observation;

/** What came of a request. */
sealed interface Reply {
    record Answered(Answer answer) implements Reply {}

    /** The request was not sent, the worker lives on. */
    record Unsent(String reason) implements Reply {}

    /** The process is gone. */
    record Ended(Observation observation) implements Reply {}
}
