package org.aiis.report.groups;

import java.util.Set;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.spec.port.Rejudge;

/** Whether a case did the same the second time. */
public final class Likeness {
    /** Operators that draw: a right one gives other values in another session. */
    private static final Set<String> DRAWING = Set.of(
            "Bernoulli",
            "Dropout",
            "Multinomial",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike");

    private Likeness() {}

    /** Whether it fails in the same way: for the same reason, and with outputs that are wrong alike. */
    static boolean failsAlike(CaseRecord one, CaseRecord other) {
        return one.finding().verdict() == other.finding().verdict()
                && one.finding().reason().equals(other.finding().reason())
                && one.finding().patterns().equals(other.finding().patterns())
                && one.trouble().equals(other.trouble());
    }

    /** Whether a right system may give other values in another session. */
    public static boolean draws(Rejudge.Contents contents) {
        return contents.operators().stream().anyMatch(DRAWING::contains);
    }

    /** Whether nothing but a fault explains that a case gives other bits: it draws nothing, and determinism is claimed. */
    static boolean bitsCount(String id, Evidence evidence, boolean claimed, Rejudge rejudge) {
        return claimed && !draws(rejudge.contents(id)) && evidence.cases().containsKey(id);
    }

    /** What it did the first time and what the second, in words. */
    static String told(CaseRecord first, CaseRecord second) {
        return brief(first) + "; then " + brief(second);
    }

    private static String brief(CaseRecord done) {
        String verdict = done.finding().verdict().toString();
        String reason = done.finding().reason().map(r -> " (" + r + ")").orElse("");
        return verdict + reason + ", " + done.seen();
    }
}
