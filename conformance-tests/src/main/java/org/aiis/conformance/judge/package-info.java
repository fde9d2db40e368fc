/** The judge: compares what a system under test did with what the standard allows. No clock, no files, no randomness. */
@NullMarked
package org.aiis.conformance.judge;

import org.jspecify.annotations.NullMarked;
