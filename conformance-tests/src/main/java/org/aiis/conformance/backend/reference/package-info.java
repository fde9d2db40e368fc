/** The oracle as a system under test: to try the suite, never to be declared or certified. */
@NullMarked
package org.aiis.conformance.backend.reference;

import org.jspecify.annotations.NullMarked;
