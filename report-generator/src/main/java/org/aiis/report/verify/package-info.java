/** Checks a bundle from its bytes up, and judges its observations again. */
@NullMarked
package org.aiis.report.verify;

import org.jspecify.annotations.NullMarked;
