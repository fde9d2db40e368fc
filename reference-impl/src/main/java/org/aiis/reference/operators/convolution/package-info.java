/** Convolutions and what undoes them. */
@NullMarked
package org.aiis.reference.operators.convolution;

import org.jspecify.annotations.NullMarked;
