package org.aiis.report.scoreboard;

/**
 * What one system made of one case.
 *
 * @param stimulus digest of what it was shown: only the same stimulus is the same case
 * @param waived whether a waiver in force covers its failure
 * @param message what the judge says, else what was seen; empty for a plain pass
 * @param line of the bundle's evidence.jsonl
 * @param reproduced whether the bundle holds a reproduction of it
 */
public record Did(
        Outcome outcome,
        Placed placed,
        String stimulus,
        boolean waived,
        String message,
        long line,
        boolean reproduced) {}
