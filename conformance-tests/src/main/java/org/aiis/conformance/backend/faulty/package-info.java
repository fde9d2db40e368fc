/** The oracle with a named fault, so that anyone can see the suite fail an implementation, and why. */
@NullMarked
package org.aiis.conformance.backend.faulty;

import org.jspecify.annotations.NullMarked;
