/** ONNX Runtime as a backend, through its Java API. */
@NullMarked
package org.aiis.conformance.backend.ort;

import org.jspecify.annotations.NullMarked;
