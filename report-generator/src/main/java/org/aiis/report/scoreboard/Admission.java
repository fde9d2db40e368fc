package org.aiis.report.scoreboard;

import java.util.List;

/**
 * What verifying a bundle said, before it was compared.
 *
 * @param said the verifier's answer in a line
 * @param reasons why it does not verify; empty when it does
 */
public record Admission(Kind kind, String said, List<String> reasons) {
    public Admission {
        reasons = List.copyOf(reasons);
    }

    /** Whether its verdicts were made again. */
    public enum Kind {
        VERIFIED,
        OTHER_RELEASE,
        REFUSED
    }

    public boolean verified() {
        return kind == Kind.VERIFIED;
    }
}
