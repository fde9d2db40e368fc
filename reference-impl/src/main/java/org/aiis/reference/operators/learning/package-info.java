/** Operators of classical machine learning, the domain ai.onnx.ml. */
@NullMarked
package org.aiis.reference.operators.learning;

import org.jspecify.annotations.NullMarked;
