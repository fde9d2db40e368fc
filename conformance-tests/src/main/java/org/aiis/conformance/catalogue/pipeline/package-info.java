/** Cases of the pipeline: preprocessing, features, training, evaluation, deployment, and its performance. */
@NullMarked
package org.aiis.conformance.catalogue.pipeline;

import org.jspecify.annotations.NullMarked;
