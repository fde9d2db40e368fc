/** Training as one ONNX graph a step, the script that drives it, and the same computation in plain binary64. */
@NullMarked
package org.aiis.reference.pipeline.train;

import org.jspecify.annotations.NullMarked;
