/** Preprocessing as ONNX graphs: cleaning, scaling, encoding, splitting. */
@NullMarked
package org.aiis.reference.pipeline.preprocess;

import org.jspecify.annotations.NullMarked;
