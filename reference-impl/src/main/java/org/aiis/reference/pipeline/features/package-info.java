/** Feature extraction as an ONNX graph: convolution, rectifier, pooling. */
@NullMarked
package org.aiis.reference.pipeline.features;

import org.jspecify.annotations.NullMarked;
