/** Cases of the reference pipeline: all five stages over one data set, run on a backend, ending in a page and a model. */
@NullMarked
package org.aiis.conformance.pipeline;

import org.jspecify.annotations.NullMarked;
