/** Worker processes: the only place where the suite starts a process. */
@NullMarked
package org.aiis.conformance.worker;

import org.jspecify.annotations.NullMarked;
