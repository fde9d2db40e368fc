/** The worker protocol: frames and messages. Its prose is spec/worker-protocol.md. */
@NullMarked
package org.aiis.spec.protocol;

import org.jspecify.annotations.NullMarked;
