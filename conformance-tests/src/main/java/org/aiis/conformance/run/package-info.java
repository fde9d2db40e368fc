/** A run: plan, workers, judge, append-only evidence, and the bundle at its end. */
@NullMarked
package org.aiis.conformance.run;

import org.jspecify.annotations.NullMarked;
