/** The bundle as a folder: bounded reading, atomic writing, sealing. */
@NullMarked
package org.aiis.report.bundle;

import org.jspecify.annotations.NullMarked;
