/** Statistics of verdicts: the percentile of a latency, dependence, paired non-inferiority. */
@NullMarked
package org.aiis.conformance.performance.statistics;

import org.jspecify.annotations.NullMarked;
