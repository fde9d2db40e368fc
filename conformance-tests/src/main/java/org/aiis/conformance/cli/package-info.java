/** The command line, and the composition root. */
@NullMarked
package org.aiis.conformance.cli;

import org.jspecify.annotations.NullMarked;
