package org.aiis.conformance.worker;

import java.util.Optional;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.testing.Observation;

/**
 * A stimulus as it was shown to a worker.
 *
 * @param seat the process that it was shown to; empty when none was needed, or none came up
 */
public record Showing(Observation observation, Optional<Seat> seat) {}
