/** Checks and evaluates ONNX models: the oracle, which is also the reference system under test. */
@NullMarked
package org.aiis.reference.evaluator;

import org.jspecify.annotations.NullMarked;
