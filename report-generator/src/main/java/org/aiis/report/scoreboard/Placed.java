package org.aiis.report.scoreboard;

import java.util.Map;
import org.aiis.spec.testing.Finding;

/** Where the nodes of a case ran, the worst of them, as the judge counted them in its finding. */
public enum Placed {
    DEVICE("on the device under test", "nodes.provider"),
    DECLARED("in part on a provider that the ICS declares", "nodes.declared"),
    ELSEWHERE("in part on another provider, undeclared", "nodes.elsewhere"),
    COMPILED_AWAY("folded or eliminated, nothing ran", "nodes.compiled-away"),
    UNKNOWN("in part unknown", "nodes.unknown"),
    UNTOLD("answered, and did not tell", "placement.untold"),
    NONE("no answer, or not asked", "");

    private final String words;
    private final String tally;

    Placed(String words, String tally) {
        this.words = words;
        this.tally = tally;
    }

    static Placed of(Finding finding) {
        for (Placed placed : new Placed[] {ELSEWHERE, UNKNOWN, DECLARED, DEVICE, COMPILED_AWAY, UNTOLD}) {
            if (counts(finding.tallies(), placed.tally)) {
                return placed;
            }
        }
        return NONE;
    }

    private static boolean counts(Map<String, Long> tallies, String name) {
        return tallies.getOrDefault(name, 0L) > 0;
    }

    public String words() {
        return words;
    }

    /** For machines. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
