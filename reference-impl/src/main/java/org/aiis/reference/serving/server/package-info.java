/** The reference inference server put together: models, REST, gRPC. */
@NullMarked
package org.aiis.reference.serving.server;

import org.jspecify.annotations.NullMarked;
