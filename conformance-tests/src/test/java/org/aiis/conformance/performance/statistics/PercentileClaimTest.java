package org.aiis.conformance.performance.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileClaimTest {
    private static final long[] OVER = {0, 1, 2, 10, 100, 1000, 2000};

    /** The vectors of the performance chapter, clause 8.2, and their continuation for more queries. */
    @ParameterizedTest
    @CsvSource({
        "0.90, 44 64 81 197 1246 10722 21011",
        "0.95, 90 130 165 398 2504 21483 42077",
        "0.99, 459 662 838 2010 12571 107569 210600",
        "0.999, 4603 6636 8403 20140 125826 1076032 2106479"
    })
    void theLeastNumberOfQueriesIsThePrintedOne(double percentile, String expected) {
        PercentileClaim claim = new PercentileClaim(percentile, 0.01);
        String[] numbers = expected.split(" ");
        for (int i = 0; i < OVER.length; i++) {
            assertThat(claim.needed(OVER[i])).as("n(%d)", OVER[i]).isEqualTo(Long.parseLong(numbers[i]));
        }
    }

    /** α = 0.01, p99, t = 1: n = 740, 818, 895, 971 for attempts 1 to 4. */
    @ParameterizedTest
    @CsvSource({"1, 740", "2, 818", "3, 895", "4, 971"})
    void eachAttemptNeedsMoreQueries(int attempt, long queries) {
        assertThat(PercentileClaim.of(0.99, attempt).needed(1)).isEqualTo(queries);
    }

    @Test
    void aClaimIsProvenRefutedOrUndecided() {
        PercentileClaim claim = new PercentileClaim(0.90, 0.01);
        assertThat(claim.decide(64, 1)).isEqualTo(Verdict.PASS);
        assertThat(claim.decide(63, 1)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(claim.decide(100, 10)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(claim.decide(100, 30)).isEqualTo(Verdict.FAIL);
    }

    /** P(X ≥ 3) of 5 trials at ½ is 16/32; I_x(a, 1) is x^a; Γ(½) is √π. */
    @Test
    void theFunctionsBehindItHaveTheirKnownValues() {
        assertThat(Beta.binomialTail(3, 5, 0.5)).isCloseTo(0.5, within(1e-14));
        assertThat(Beta.regularised(0.3, 4, 1)).isCloseTo(0.0081, within(1e-15));
        assertThat(Beta.regularised(0.7, 2, 3)).isCloseTo(0.9163, within(1e-14));
        assertThat(Beta.logGamma(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-14));
    }
}
