/** Reductions over axes, and running sums. */
@NullMarked
package org.aiis.reference.operators.reduction;

import org.jspecify.annotations.NullMarked;
