package org.aiis.conformance.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** How far outputs are from their references, and from each other, in figures; the judge says whether that is too far. */
final class Differences {
    /** C of clause 4.3.6. */
    private static final double SPREADS = 16;

    private Differences() {}

    /** Of outputs of the reference's type and shape. */
    static List<Report.Output> of(Map<String, Tensor> got, Reference reference) {
        List<Report.Output> outputs = new ArrayList<>();
        reference.outputs().forEach((name, value) -> {
            Tensor tensor = got.get(name);
            if (tensor != null && comparable(tensor, value)) {
                double worst = 0;
                double difference = 0;
                double spread = 0;
                double magnitude = 0;
                double[] sigmas = new double[tensor.size()];
                for (int i = 0; i < tensor.size(); i++) {
                    double off = off(tensor.real(i), value.real(i));
                    double allowed = SPREADS * value.sigma(i);
                    difference = Math.max(difference, off);
                    spread = Math.max(spread, value.sigma(i));
                    worst = Math.max(worst, off == 0 ? 0 : off / allowed);
                    magnitude =
                            Double.isFinite(value.real(i)) ? Math.max(magnitude, Math.abs(value.real(i))) : magnitude;
                    sigmas[i] = value.sigma(i);
                }
                outputs.add(new Report.Output(
                        name,
                        value.type().label() + value.shape(),
                        finite(worst),
                        finite(difference),
                        finite(spread),
                        finite(hidden(sigmas, magnitude))));
            }
        });
        return outputs;
    }

    /** What half of the elements may be off by, as a share of the largest magnitude. */
    private static double hidden(double[] sigmas, double magnitude) {
        Arrays.sort(sigmas);
        double allowed = sigmas.length == 0 ? 0 : SPREADS * sigmas[sigmas.length / 2];
        return allowed == 0 ? 0 : allowed / magnitude;
    }

    /** The largest difference between two systems, in units of what the reference allows. */
    static Optional<Double> apart(Map<String, Tensor> one, Map<String, Tensor> other, Reference reference) {
        double worst = 0;
        for (Map.Entry<String, Reference.Value> output : reference.outputs().entrySet()) {
            Tensor a = one.get(output.getKey());
            Tensor b = other.get(output.getKey());
            Reference.Value value = output.getValue();
            if (a == null || b == null || !comparable(a, value) || !comparable(b, value)) {
                return Optional.empty();
            }
            for (int i = 0; i < value.shape().size(); i++) {
                double off = off(a.real(i), b.real(i));
                worst = Math.max(worst, off == 0 ? 0 : off / (SPREADS * value.sigma(i)));
            }
        }
        return Optional.of(finite(worst));
    }

    private static boolean comparable(@org.jspecify.annotations.Nullable Tensor got, Reference.Value value) {
        return got != null
                && got.type() == value.type()
                && got.type() != ElementType.STRING
                && got.shape().equals(value.shape());
    }

    /** Infinities of one sign, and two NaN, do not differ. */
    private static double off(double a, double b) {
        return Double.compare(a, b) == 0 || a == b
                ? 0
                : Double.isNaN(a - b) ? Double.POSITIVE_INFINITY : Math.abs(a - b);
    }

    /** JSON has no infinity. */
    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.MAX_VALUE;
    }
}
