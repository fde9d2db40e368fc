/** Products of matrices and convolution. */
@NullMarked
package org.aiis.reference.operators.linear;

import org.jspecify.annotations.NullMarked;
