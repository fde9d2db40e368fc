/** The load generator: MLPerf's SingleStream and Offline, timed beside the session. */
@NullMarked
package org.aiis.conformance.performance;

import org.jspecify.annotations.NullMarked;
