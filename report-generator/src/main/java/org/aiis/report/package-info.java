/** From evidence to report, exports, statements and verification: one door for the composition root. */
@NullMarked
package org.aiis.report;

import org.jspecify.annotations.NullMarked;
