/** The ports that a composition root connects. */
@NullMarked
package org.aiis.spec.port;

import org.jspecify.annotations.NullMarked;
