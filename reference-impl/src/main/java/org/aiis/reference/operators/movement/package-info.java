/** Movement of elements, which keeps their bits. */
@NullMarked
package org.aiis.reference.operators.movement;

import org.jspecify.annotations.NullMarked;
