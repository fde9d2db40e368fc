/** Normalisation, Softmax included. */
@NullMarked
package org.aiis.reference.operators.normalisation;

import org.jspecify.annotations.NullMarked;
