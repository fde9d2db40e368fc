/** The Open Inference Protocol over gRPC. */
@NullMarked
package org.aiis.reference.serving.grpc;

import org.jspecify.annotations.NullMarked;
