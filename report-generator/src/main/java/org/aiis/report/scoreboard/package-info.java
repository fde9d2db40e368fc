/** Bundles of several systems under test side by side. */
@NullMarked
package org.aiis.report.scoreboard;

import org.jspecify.annotations.NullMarked;
