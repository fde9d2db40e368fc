/** Adapters that misbehave on purpose, one misbehaviour each: what the suite makes of them can be seen by anyone. */
@NullMarked
package org.aiis.conformance.worker.rogue;

import org.jspecify.annotations.NullMarked;
