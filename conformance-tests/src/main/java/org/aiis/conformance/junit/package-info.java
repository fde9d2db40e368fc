/** The catalogue as JUnit tests: the command line, an IDE and Maven run the same ones. */
@NullMarked
package org.aiis.conformance.junit;

import org.jspecify.annotations.NullMarked;
