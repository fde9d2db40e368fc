package org.aiis.report.diff;

import org.aiis.report.scoreboard.Outcome;

/**
 * A case of which something else became.
 *
 * @param told what the run that fails says of it: now, or before where now nothing is wrong
 * @param line of evidence.jsonl in the second bundle
 */
public record Turned(String id, Outcome before, Outcome now, Direction direction, String told, long line) {
    /** Whether that is bad. */
    public enum Direction {
        WORSE("worse"),
        BETTER("better"),
        OTHERWISE("otherwise"),
        FLAKY("flaky");

        private final String word;

        Direction(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** From a pass to anything that is none, a refusal that is allowed included, it is worse; the way back is better. */
        static Direction of(Outcome before, Outcome now) {
            int then = rank(before);
            int here = rank(now);
            return then == here ? OTHERWISE : then < here ? WORSE : BETTER;
        }

        private static int rank(Outcome outcome) {
            return switch (outcome) {
                case PASS -> 0;
                case UNSUPPORTED, NOT_APPLICABLE -> 1;
                case NOT_DRIVEN, UNDECIDED -> 2;
                case WRONG, ACCEPTED, REFUSED, CRASHED, HUNG, MISBEHAVED, ELSEWHERE -> 3;
                case SUITE_ERROR -> 4;
            };
        }
    }
}
