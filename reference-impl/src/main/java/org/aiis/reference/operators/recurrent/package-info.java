/** The recurrent layers: RNN, GRU, LSTM. */
@NullMarked
package org.aiis.reference.operators.recurrent;

import org.jspecify.annotations.NullMarked;
