/** ONNX models: building them, and moving tensors in and out of their protobuf form. */
@NullMarked
package org.aiis.reference.onnx;

import org.jspecify.annotations.NullMarked;
