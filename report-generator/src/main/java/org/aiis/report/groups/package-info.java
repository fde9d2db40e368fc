/** What the failures of a run have in common, whose they are, and what a second look at a case showed. */
@NullMarked
package org.aiis.report.groups;

import org.jspecify.annotations.NullMarked;
