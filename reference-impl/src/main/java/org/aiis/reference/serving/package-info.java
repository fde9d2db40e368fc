/**
 * The reference inference server: the core of the Open Inference Protocol as plain Java. It knows neither HTTP nor gRPC, which stand
 * in packages below, and runs models through a {@link org.aiis.spec.port.Backend}.
 */
@NullMarked
package org.aiis.reference.serving;

import org.jspecify.annotations.NullMarked;
