/** Findings added up to requirements, classes and one verdict. */
@NullMarked
package org.aiis.report.rollup;

import org.jspecify.annotations.NullMarked;
