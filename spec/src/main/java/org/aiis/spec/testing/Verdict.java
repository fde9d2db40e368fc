package org.aiis.spec.testing;

/** Verdicts in rising order: the worse overwrites (TTCN-3). ERROR is the suite's own fault. */
public enum Verdict {
    NOT_APPLICABLE,
    PASS,
    INCONCLUSIVE,
    FAIL,
    ERROR;

    public Verdict worse(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
