/** Networks that are trained: their weights, their forward pass with a loss, and their form for inference. */
@NullMarked
package org.aiis.reference.pipeline.network;

import org.jspecify.annotations.NullMarked;
