/** Resampling, sampling and rearranging of images, and the boxes found in them. */
@NullMarked
package org.aiis.reference.operators.vision;

import org.jspecify.annotations.NullMarked;
