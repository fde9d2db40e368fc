/** Operators on sequences of tensors and on optional values. */
@NullMarked
package org.aiis.reference.operators.sequences;

import org.jspecify.annotations.NullMarked;
