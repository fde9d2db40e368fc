/** ONNX's backend-test layout, in and out: folders of vectors as cases, cases as folders, and what a failing one becomes. */
@NullMarked
package org.aiis.conformance.vectors;

import org.jspecify.annotations.NullMarked;
