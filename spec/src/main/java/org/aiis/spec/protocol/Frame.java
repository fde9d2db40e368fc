package org.aiis.spec.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One frame: a JSON header and binary attachments that the header points to by position.
 *
 * @param attachments whole from position to limit; nobody writes to them
 */
record Frame(String header, List<ByteBuffer> attachments) {
    Frame {
        attachments = List.copyOf(attachments);
    }
}
