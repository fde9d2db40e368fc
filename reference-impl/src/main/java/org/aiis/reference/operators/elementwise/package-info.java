/** Arithmetic and functions, element by element. */
@NullMarked
package org.aiis.reference.operators.elementwise;

import org.jspecify.annotations.NullMarked;
