/** Other ways to calculate, right ones and wrong ones, that the oracle's operators can be run with. */
@NullMarked
package org.aiis.conformance.qualification.arithmetic;

import org.jspecify.annotations.NullMarked;
