/** Activation functions. */
@NullMarked
package org.aiis.reference.operators.activation;

import org.jspecify.annotations.NullMarked;
