/** Deaths and hangs of a bundle: told apart by where they happened, and made smaller. */
@NullMarked
package org.aiis.conformance.crash;

import org.jspecify.annotations.NullMarked;
