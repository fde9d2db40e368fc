/** Element types, shapes and immutable tensors: what flows between stimulus, backend, oracle and judge. */
@NullMarked
package org.aiis.spec.tensor;

import org.jspecify.annotations.NullMarked;
