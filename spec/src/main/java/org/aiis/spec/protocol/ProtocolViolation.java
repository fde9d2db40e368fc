package org.aiis.spec.protocol;

import java.io.IOException;

/** The other side broke the protocol; the message says how. The connection is of no more use. */
public final class ProtocolViolation extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolViolation(String reason) {
        super(reason);
    }

    ProtocolViolation(String reason, Throwable cause) {
        super(reason, cause);
    }
}
