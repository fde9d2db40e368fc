/** A test and what came of it: stimulus, expectation, tolerance, observation, finding, verdict. */
@NullMarked
package org.aiis.spec.testing;

import org.jspecify.annotations.NullMarked;
