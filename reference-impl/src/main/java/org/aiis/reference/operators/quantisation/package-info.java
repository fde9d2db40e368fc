/** Linear quantisation, and products of quantised tensors. */
@NullMarked
package org.aiis.reference.operators.quantisation;

import org.jspecify.annotations.NullMarked;
