/** The experiment that chooses the criterion for dot products. */
@NullMarked
package org.aiis.conformance.qualification.dots;

import org.jspecify.annotations.NullMarked;
