/** What has changed since an earlier bundle. */
@NullMarked
package org.aiis.report.baseline;

import org.jspecify.annotations.NullMarked;
