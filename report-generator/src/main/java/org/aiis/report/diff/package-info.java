/** Two bundles, or two answers, one against the other: what changed, and by how much. */
@org.jspecify.annotations.NullMarked
package org.aiis.report.diff;
