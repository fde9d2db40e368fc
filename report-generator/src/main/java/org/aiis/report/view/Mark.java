package org.aiis.report.view;

import org.aiis.spec.testing.Verdict;

/**
 * How a verdict is shown: never by colour alone.
 *
 * @param word what is read
 * @param key name of the sign and of the style
 */
public record Mark(String word, String key) {
    public static Mark of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> new Mark("Pass", "pass");
            case FAIL -> new Mark("Fail", "fail");
            case INCONCLUSIVE -> new Mark("Inconclusive", "inconclusive");
            case ERROR -> new Mark("Error", "error");
            case NOT_APPLICABLE -> new Mark("Not applicable", "na");
        };
    }
}
