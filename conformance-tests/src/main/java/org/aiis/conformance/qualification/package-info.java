/** Measures the suite: would it notice a broken implementation, and does it let right ones pass. */
@NullMarked
package org.aiis.conformance.qualification;

import org.jspecify.annotations.NullMarked;
