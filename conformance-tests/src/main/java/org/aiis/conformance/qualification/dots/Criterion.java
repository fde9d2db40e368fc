package org.aiis.conformance.qualification.dots;

import java.util.Set;
import org.aiis.conformance.judge.ToleranceComparison;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;

/**
 * Ways to accept or reject a tensor of dot products. The published ones know no precision modes: under a claimed mode they
 * get its roundoff in place of the type's.
 */
enum Criterion {
    OURS("dot product (clause 4.3.4)") {
        @Override
        double share(Problem p, Value reference, double[] y, double u, boolean independent) {
            return new ToleranceComparison(new Tolerance.DotProduct(), false, false, false, independent, i -> 0)
                    .compare("y", Tensor.ofReals(p.type(), reference.shape(), y), reference)
                    .worst();
        }
    },
    SIX_SIGMA("6σ an element, RMS 1.5σ, with the same σ") {
        @Override
        double share(Problem p, Value reference, double[] y, double u, boolean independent) {
            return new ToleranceComparison(new Tolerance.RunningError(), false, false, false, true, i -> 0)
                    .compare("y", Tensor.ofReals(p.type(), reference.shape(), y), reference)
                    .worst();
        }
    },
    ONNX("rtol 1e-3, atol 1e-7 (ONNX)") {
        @Override
        double limit(Problem p, Value reference, int i, double u) {
            return 1e-7 + 1e-3 * Math.abs(reference.real(i));
        }
    },
    WEBNN("2K ULP of the result (WebNN)") {
        @Override
        double limit(Problem p, Value reference, int i, double u) {
            FloatFormat format = p.type().format();
            return 2 * p.k() * format.ulp(reference.real(i)) * (u / format.unitRoundoff());
        }
    },
    TOSA_1_0("abs-run, element + variance + bias (TOSA 1.0)") {
        @Override
        double share(Problem p, Value reference, double[] y, double u, boolean independent) {
            return tosa(p, reference, y, u, 1);
        }
    },
    TOSA_1_1("abs-run, three times wider (TOSA 1.1)") {
        @Override
        double share(Problem p, Value reference, double[] y, double u, boolean independent) {
            return tosa(p, reference, y, u, 3);
        }
    },
    /** With the roundoff of the accumulator, and half an ulp for a result of a narrower type. */
    GAMMA("γ_K·(|A||B|)") {
        @Override
        double limit(Problem p, Value reference, int i, double u) {
            double own = p.type().format().unitRoundoff();
            double accumulator =
                    Math.max(u > own ? u : 0, p.accumulator().format().unitRoundoff());
            double grown = (p.k() + (p.biased() ? 1 : 0)) * accumulator;
            double gamma = grown < 1 ? grown / (1 - grown) : Double.POSITIVE_INFINITY;
            double last = own > accumulator ? p.type().format().ulp(reference.real(i)) / 2 : 0;
            return reference.magnitude(i) == 0 ? 0 : gamma * reference.magnitude(i) + last;
        }
    };

    private final String title;

    Criterion(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean published() {
        return this != OURS && this != SIX_SIGMA;
    }

    /** The largest error in units of its limit; over 1 rejects. */
    double share(Problem p, Value reference, double[] y, double u, boolean independent) {
        double worst = 0;
        for (int i = 0; i < y.length; i++) {
            double error = Math.abs(reference.error(y, i));
            worst = Math.max(
                    worst,
                    error == 0
                            ? 0
                            : Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / limit(p, reference, i, u));
        }
        return worst;
    }

    double limit(Problem p, Value reference, int i, double u) {
        throw new IllegalStateException(this + " has no limit for one element");
    }

    /** The roundoff that stands for a type under modes, for criteria that know one roundoff only. */
    static double roundoff(Problem p, Set<PrecisionMode> modes) {
        double u = p.type().format().unitRoundoff();
        for (PrecisionMode mode : modes) {
            u = Math.max(
                    u,
                    switch (mode) {
                        case TF32, FLOAT16_ACCUMULATOR -> 0x1p-11;
                        case TWO_PIECES -> 0x1p-16;
                        case TRUNCATED_SUMS -> 2 * p.accumulator().format().unitRoundoff();
                        case THREE_PIECES, WINOGRAD, FFT -> u;
                    });
        }
        return u;
    }

    /**
     * Dot products of the TOSA specification: errors in units of u times the result of the operator over magnitudes; element
     * within K + 1, for sets of signed numbers the sum within 2·√((K + 1)·T), the sum of squares within 0.4·(K + 1)·T.
     */
    private static double tosa(Problem p, Value reference, double[] y, double u, double wider) {
        double ks = p.k() + (p.biased() ? 1 : 0);
        double sum = 0;
        double squares = 0;
        double worst = 0;
        for (int i = 0; i < y.length; i++) {
            double bound = reference.magnitude(i);
            if (bound == 0) {
                worst = Math.max(worst, y[i] == 0 ? 0 : Double.POSITIVE_INFINITY);
                continue;
            }
            double error = reference.error(y, i) / (bound * u) / wider;
            if (Double.isNaN(error)) {
                return Double.POSITIVE_INFINITY;
            }
            worst = Math.max(worst, Math.abs(error) / ks);
            sum += error;
            squares += error * error;
        }
        boolean signed =
                switch (p.family()) {
                    case "S0", "S1", "S2", "POSITIVE", "positive image" -> false;
                    default -> true;
                };
        double bias = signed ? Math.abs(sum) / (2 * Math.sqrt(ks * y.length)) : 0;
        return Math.max(worst, Math.max(bias, squares / (0.4 * ks * y.length)));
    }
}
