/** Steps of optimizers, the domain ai.onnx.preview.training. */
@NullMarked
package org.aiis.reference.operators.training;

import org.jspecify.annotations.NullMarked;
