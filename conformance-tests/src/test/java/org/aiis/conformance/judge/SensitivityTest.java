package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Just inside passes, just outside fails: each tolerance kind, each type. Limits worked by hand from clause 4.3. */
class SensitivityTest {
    /** A reference with the limit, in ulps of 1.5 at each type, that the formula gives there. */
    record Limit(String notation, ElementType type, double r, double x, double limit, double sigma, int factors) {
        @Override
        public String toString() {
            return notation + " " + type.label() + " at " + r;
        }
    }

    static Stream<Limit> limits() {
        return Stream.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16)
                .flatMap(type -> {
                    double e = Math.scalb(1.0, -type.format().fractionBits());
                    double b = type == ElementType.FLOAT32 ? 3 : 1;
                    return Stream.of(
                            new Limit("exact", type, 1.5, 0, 0, 0, 1),
                            new Limit("ulp 0.5", type, 1.5, 0, 0.5 * e, 0, 1),
                            new Limit("ulp 1", type, 1.5, 0, e, 0, 1),
                            new Limit("ulp 2.5", type, 1.5, 0, 2.5 * e, 0, 1),
                            new Limit("ulp 16", type, 3, 0, 32 * e, 0, 1),
                            new Limit("ulp 1 floor 1", type, 0x1p-6, 0, e / 2, 0, 1),
                            new Limit("exp", type, 1.5, 2, 1.5 * (b + 4) * e, 0, 1),
                            new Limit("log", type, 1.5, 4, 7.5 * e, 0, 1),
                            new Limit("log", type, 0x1p-6, 1, 0.5 * e, 0, 1),
                            new Limit("tanh", type, 0.5, 2, 4 * (b + 4) * 0.5 * e, 0, 1),
                            new Limit("tanh", type, 0x1p-6, 0x1p-6, 0.5 * e, 0, 1),
                            new Limit("sigmoid", type, 0.5, 2, 3 * e, 0, 1),
                            new Limit("sigmoid floor 1", type, 0x1p-6, -4, 0.5 * e, 0, 1),
                            new Limit("running error", type, 1.5, 0, 6 * e, e, 1),
                            new Limit("relative to sensitivity", type, 1.5, 0, 16 * e, e, 1),
                            // σ' = e·√(11/12) beside the last rounding of e/2: 0.5·e + 6·0.957·e
                            new Limit("dot product", type, 1.5, 0, (0.5 + 6 * Math.sqrt(11 / 12.0)) * e, e, 1),
                            new Limit("quantised", type, 1.5, 0, 6.5 * e, e, 1),
                            new Limit("product", type, 1.5, 0, 1.5 * (2 * e + 1.5 * e * e + e * e * e / 2), 0, 4));
                });
    }

    @ParameterizedTest
    @MethodSource("limits")
    void theLastNumberWithinTheLimitPassesAndTheNextFails(Limit limit) {
        double step = limit.type().format().ulp(limit.r() + limit.limit());
        double inside = limit.r() + Math.floor(limit.limit() * (1 + 1e-9) / step) * step;
        double outside = inside + step;
        assertThat(verdict(limit, inside)).as("%s", inside).isEqualTo(Verdict.PASS);
        assertThat(verdict(limit, outside)).as("%s", outside).isEqualTo(Verdict.FAIL);
        assertThat(verdict(limit, 2 * limit.r() - inside)).isEqualTo(Verdict.PASS);
        assertThat(verdict(limit, 2 * limit.r() - outside)).isEqualTo(Verdict.FAIL);
    }

    private static Verdict verdict(Limit limit, double y) {
        return Stated.of(limit.type(), limit.r())
                .withSigma(limit.sigma())
                .withFactors(limit.factors())
                .judge(Tolerance.parse(limit.notation()), limit.x(), y)
                .verdict();
    }
}
