/** Losses of classification. */
@NullMarked
package org.aiis.reference.operators.loss;

import org.jspecify.annotations.NullMarked;
