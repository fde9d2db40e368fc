package org.aiis.conformance.qualification.panel;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** Too few bits, or the right number rounded the wrong way. */
final class PrecisionFaults {
    private static final FloatFormat TF32 = FloatFormat.TF32;
    private static final String KIND = "precision";

    private PrecisionFaults() {}

    static List<Fault> all() {
        return List.of(
                outputs("outputs-bf16", "outputs rounded to bfloat16", FloatFormat.BFLOAT16::round),
                outputs("outputs-tf32", "outputs rounded to a 10-bit fraction", TF32::round),
                outputs("outputs-fp16", "outputs go through binary16, range and all", FloatFormat.BINARY16::round),
                outputs("outputs-fp32", "outputs go through binary32", FloatFormat.BINARY32::round),
                operands("operands-bf16", "operands rounded to bfloat16", FloatFormat.BFLOAT16::round),
                operands("operands-tf32", "operands rounded to a 10-bit fraction, as TF32 does", TF32::round),
                operands("operands-fp16", "operands go through binary16", FloatFormat.BINARY16::round),
                operands("operands-fp32", "operands go through binary32", FloatFormat.BINARY32::round),
                outputs("biased", "outputs too large by 9 parts in 10,000", v -> v * 1.0009),
                Fault.of("off-by-8-ulp", KIND, "outputs eight ulps too large", Change.outputs(moved(8))),
                Fault.of("off-by-an-ulp", KIND, "outputs an ulp too large", Change.outputs(moved(1))),
                outputs("absolute-error", "outputs off by 1e-4, however small they are", v -> v + 1e-4),
                last("truncated", "results cut off toward zero where they are stored", PrecisionFaults::truncated),
                last("rounded-up", "results rounded up where they are stored", PrecisionFaults::up),
                last("ties-away", "ties rounded away from zero where results are stored", PrecisionFaults::tiesAway));
    }

    private static Fault outputs(String name, String summary, DoubleUnaryOperator change) {
        return Fault.of(name, KIND, summary, Change.outputs(Change.reals(change)));
    }

    private static Fault operands(String name, String summary, DoubleUnaryOperator change) {
        return Fault.of(name, KIND, summary, Change.operands(Change.reals(change)));
    }

    private static UnaryOperator<Tensor> moved(int ulps) {
        return tensor -> tensor.type().isFloat()
                ? Change.reals(v -> Double.isFinite(v) && v != 0
                                ? v + ulps * tensor.type().format().ulp(v)
                                : v)
                        .apply(tensor)
                : tensor;
    }

    /** How a real result, leading part and rest, is stored; {@code near} is where rounding to nearest puts it. */
    private interface Storing {
        double store(double high, double low, double near, FloatFormat format);
    }

    private static Fault last(String name, String summary, Storing storing) {
        return Fault.of(name, "rounding", summary, storing(storing));
    }

    private static Change storing(Storing storing) {
        return Change.named((right, output, tensor) -> {
            Reference.Value value = right.reference().orElseThrow().outputs().get(output);
            return value == null || !tensor.type().isFloat() ? tensor : stored(tensor, value, storing);
        });
    }

    /** Results rounded up, or toward zero: what the embedded profiles allow. */
    static Change directed(boolean up) {
        return storing(up ? PrecisionFaults::up : PrecisionFaults::truncated);
    }

    private static Tensor stored(Tensor tensor, Reference.Value value, Storing storing) {
        ElementType type = tensor.type();
        Tensor.Builder changed = new Tensor.Builder(type, tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            double near = tensor.real(i);
            double high = value.real(i);
            boolean exact = high == near && value.low(i) == 0 || !Double.isFinite(high) || !Double.isFinite(near);
            double stored = exact ? near : storing.store(high, value.low(i), near, type.format());
            if (stored == near) {
                changed.setBits(i, tensor.bits(i));
            } else {
                changed.setReal(i, stored);
            }
        }
        return changed.build();
    }

    /** The difference is exact: both parts are close to the rounded number. */
    private static double beyond(double high, double low, double near) {
        return near - high - low;
    }

    private static double truncated(double high, double low, double near, FloatFormat format) {
        double error = beyond(high, low, near);
        boolean away = near > 0 ? error > 0 : error < 0;
        return away ? near - Math.signum(near) * format.ulp(Math.nextAfter(near, 0)) : near;
    }

    private static double up(double high, double low, double near, FloatFormat format) {
        return beyond(high, low, near) < 0 ? near + format.ulp(near < 0 ? Math.nextUp(near) : near) : near;
    }

    private static double tiesAway(double high, double low, double near, FloatFormat format) {
        double half = format.ulp(near) / 2;
        boolean tie = Math.abs(beyond(high, low, near)) == half && Math.abs(near) < Math.abs(high);
        return tie ? near + Math.signum(high) * 2 * half : near;
    }
}
