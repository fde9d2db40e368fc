/** Pooling over windows. */
@NullMarked
package org.aiis.reference.operators.pooling;

import org.jspecify.annotations.NullMarked;
