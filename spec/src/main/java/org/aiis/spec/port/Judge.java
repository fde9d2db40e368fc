package org.aiis.spec.port;

import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** Compares an observation with what the standard allows. Pure: no clock, no file, no randomness. */
public interface Judge {
    Finding judge(TestCase testCase, Observation observation, Terms terms);
}
