/** Spectra of signals. */
@NullMarked
package org.aiis.reference.operators.signal;

import org.jspecify.annotations.NullMarked;
