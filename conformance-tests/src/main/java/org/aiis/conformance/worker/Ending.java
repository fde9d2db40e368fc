package org.aiis.conformance.worker;

import org.aiis.spec.testing.Observation;

/**
 * How a fresh process ended that was shown stimuli one after the other.
 *
 * @param index of the stimulus at which it ended, from 0
 */
public record Ending(int index, Observation observation) {}
