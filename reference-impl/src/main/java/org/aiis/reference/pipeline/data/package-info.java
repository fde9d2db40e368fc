/**
 * The data that the pipeline learns from, read with limits: the fixtures, checked against their manifest, and folders of images from
 * outside.
 */
@NullMarked
package org.aiis.reference.pipeline.data;

import org.jspecify.annotations.NullMarked;
