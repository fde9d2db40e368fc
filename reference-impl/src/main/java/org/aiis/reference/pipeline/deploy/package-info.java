/** Deployment: the trained model exported for inference. */
@NullMarked
package org.aiis.reference.pipeline.deploy;

import org.jspecify.annotations.NullMarked;
