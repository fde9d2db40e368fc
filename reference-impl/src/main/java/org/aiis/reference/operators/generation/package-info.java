/** Tensors out of attributes and extents. */
@NullMarked
package org.aiis.reference.operators.generation;

import org.jspecify.annotations.NullMarked;
