/** The arithmetics that every operator is written over: exact integers, binary64, double-double, randomly rounded. */
@NullMarked
package org.aiis.reference.arithmetic;

import org.jspecify.annotations.NullMarked;
