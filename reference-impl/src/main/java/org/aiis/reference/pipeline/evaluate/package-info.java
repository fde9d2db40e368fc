/** Evaluation as an ONNX graph: predictions, accuracy, confusion matrix; and metrics computed from predictions. */
@NullMarked
package org.aiis.reference.pipeline.evaluate;

import org.jspecify.annotations.NullMarked;
