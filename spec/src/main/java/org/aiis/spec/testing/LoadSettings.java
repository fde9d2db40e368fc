package org.aiis.spec.testing;

/**
 * What a load asks for.
 *
 * @param minQueries queries to issue at least
 * @param minMillis time to run at least
 * @param maxMillis time after which no further query is issued
 * @param samplesPerQuery 1 for SingleStream; all samples of the one query for Offline
 * @param seed order of the samples
 */
public record LoadSettings(
        Scenario scenario, int minQueries, long minMillis, long maxMillis, int samplesPerQuery, long seed) {
    /** MLPerf Inference's scenarios that this edition drives. */
    public enum Scenario {
        SINGLE_STREAM,
        OFFLINE
    }
}
