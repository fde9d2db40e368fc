/** What the cases show of what ONNX's schemas allow, read off the models themselves. */
@NullMarked
package org.aiis.conformance.catalogue.coverage;

import org.jspecify.annotations.NullMarked;
