/** Comparison, logic and choice. */
@NullMarked
package org.aiis.reference.operators.comparison;

import org.jspecify.annotations.NullMarked;
