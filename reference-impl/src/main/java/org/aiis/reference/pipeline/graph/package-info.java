/** Drawing ONNX graphs: operators as calls, values by name, numbers from a seed. */
@NullMarked
package org.aiis.reference.pipeline.graph;

import org.jspecify.annotations.NullMarked;
