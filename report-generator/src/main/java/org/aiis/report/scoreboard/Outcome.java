package org.aiis.report.scoreboard;

import org.aiis.spec.testing.Finding;

/**
 * What became of a case on one system: a column of the scoreboard. Each case falls into one; whether a waiver covers a failing
 * one is told beside it.
 */
public enum Outcome {
    PASS("pass", "The system did what the standard asks."),
    UNSUPPORTED(
            "unsupported",
            "Refused what is neither mandatory nor claimed, which is allowed. A pass in the verdict; it proves no value."),
    WRONG("wrong", "A value outside its tolerance, or a behaviour that a requirement forbids."),
    ACCEPTED("accepted", "Ran a model that has to be refused."),
    REFUSED("refused", "Refused what is mandatory or claimed, or refused too late."),
    CRASHED("crashed", "The process died."),
    HUNG("hung", "No answer in time; the process was killed."),
    MISBEHAVED("misbehaved", "Took more memory or gave more output than a worker may, or broke the worker protocol."),
    ELSEWHERE("elsewhere", "A node ran on another provider than the one under test, and the ICS does not declare it."),
    NOT_DRIVEN("not driven", "The suite could not show it, or no node was left that ran on the device: no pass."),
    UNDECIDED("undecided", "Inconclusive for another reason, such as a valid twin that did not run: no pass."),
    NOT_APPLICABLE("not applicable", "About something that the ICS does not claim."),
    SUITE_ERROR("suite error", "The suite itself failed: this says nothing about the system.");

    private final String word;
    private final String meaning;

    Outcome(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** The outcome that a finding says. */
    public static Outcome of(Finding finding) {
        String reason = finding.reason().orElse("");
        return switch (finding.verdict()) {
            case PASS -> reason.equals("unsupported") ? UNSUPPORTED : PASS;
            case NOT_APPLICABLE -> NOT_APPLICABLE;
            case INCONCLUSIVE -> reason.equals("not-driven") ? NOT_DRIVEN : UNDECIDED;
            case ERROR -> SUITE_ERROR;
            case FAIL ->
                switch (reason) {
                    case "accepted" -> ACCEPTED;
                    case "rejected", "rejected-late" -> REFUSED;
                    case "crashed" -> CRASHED;
                    case "timed-out" -> HUNG;
                    case "exceeded", "protocol" -> MISBEHAVED;
                    case "placement" -> ELSEWHERE;
                    default -> WRONG;
                };
        };
    }

    /** Whether the verdict is FAIL. */
    public boolean fails() {
        return compareTo(WRONG) >= 0 && compareTo(ELSEWHERE) <= 0;
    }

    /** As a reader sees it in a table. */
    public String word() {
        return word;
    }

    /** For machines and for style sheets. */
    public String key() {
        return word.replace(' ', '-');
    }

    public String meaning() {
        return meaning;
    }
}
