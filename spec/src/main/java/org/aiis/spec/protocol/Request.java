package org.aiis.spec.protocol;

import org.aiis.spec.testing.Step;

/** What the suite asks of a worker. */
public sealed interface Request {
    /** Who are you, and do you speak this protocol? The first request of a connection. */
    record Describe(int protocol) implements Request {}

    /** Perform a step. {@code LoadExported} never gets here: the suite expands it. */
    record Perform(Step step) implements Request {}
}
