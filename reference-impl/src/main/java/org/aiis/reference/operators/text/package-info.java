/** Operators on strings and n-grams. */
@NullMarked
package org.aiis.reference.operators.text;

import org.jspecify.annotations.NullMarked;
