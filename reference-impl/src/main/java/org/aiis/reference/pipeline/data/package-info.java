/** Fixtures: the data that the pipeline learns from, read with limits and checked against their manifest. */
@NullMarked
package org.aiis.reference.pipeline.data;

import org.jspecify.annotations.NullMarked;
