package org.aiis.conformance.backend.faulty;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.aiis.onnx.ModelProto;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;

/** Faults in the elements: precision, special values, the tail of a vector. */
final class ValueFaults {
    private static final String[] PRODUCTS = {"MatMul", "Gemm", "Conv"};

    private ValueFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                new Fault.Named(
                        "tf32-products",
                        "OP-MatMul-VALUES",
                        "factors of MatMul, Gemm and Conv rounded to a 10-bit fraction, unclaimed",
                        () -> products(FloatFormat.TF32)),
                new Fault.Named(
                        "bf16-products",
                        "OP-Conv-VALUES",
                        "factors of MatMul, Gemm and Conv rounded to bfloat16, unclaimed",
                        () -> products(FloatFormat.BFLOAT16)),
                new Fault.Named(
                        "bf16-outputs",
                        "OP-Add-VALUES",
                        "every float32 output rounded to bfloat16",
                        () -> outputs(FloatFormat.BFLOAT16::round)),
                new Fault.Named(
                        "biased",
                        "OP-Exp-VALUES",
                        "every float32 output too large by 9 parts in 10,000",
                        () -> outputs(v -> v * 1.0009)),
                new Fault.Named(
                        "nan-swallowed",
                        "OP-Add-SPECIAL",
                        "NaN in an output becomes 0",
                        () -> outputs(v -> Double.isNaN(v) ? 0 : v)),
                new Fault.Named(
                        "infinity-clamped",
                        "OP-Exp-SPECIAL",
                        "infinity in an output becomes the largest finite number",
                        () -> outputs(ValueFaults::clamp)),
                new Fault.Named(
                        "zero-sign-lost",
                        "OP-Neg-SPECIAL",
                        "negative zero in an output becomes positive",
                        () -> outputs(v -> v + 0.0)),
                new Fault.Named(
                        "subnormals-flushed",
                        "OP-Mul-SPECIAL",
                        "subnormal float32 results become 0, unclaimed",
                        () -> outputs(v -> Math.abs(v) < FloatFormat.BINARY32.smallestNormal() ? v * 0 : v)),
                new Fault.Named(
                        "tail-dropped",
                        "OP-Sub-VALUES",
                        "the last element of an output is 0 where their number is no multiple of 4",
                        TailDropped::new),
                new Fault.Named("widened", "OP-Relu-TYPES", "float32 outputs come back as float64", Widened::new));
    }

    private static double clamp(double v) {
        return Double.isInfinite(v) ? Math.copySign(FloatFormat.BINARY32.largestFinite(), v) : v;
    }

    private static Fault products(FloatFormat format) {
        return new Fault() {
            @Override
            public Tensor input(ModelProto model, Tensor input) {
                return Fault.uses(model, PRODUCTS) ? map(input, format::round) : input;
            }
        };
    }

    private static Fault outputs(DoubleUnaryOperator change) {
        return new Fault() {
            @Override
            public Tensor output(ModelProto model, Tensor output) {
                return map(output, change);
            }
        };
    }

    /** Applies a change to the elements of a float32 tensor; other types stay. */
    static Tensor map(Tensor tensor, DoubleUnaryOperator change) {
        if (tensor.type() != ElementType.FLOAT32) {
            return tensor;
        }
        Tensor.Builder changed = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            changed.setReal(i, change.applyAsDouble(tensor.real(i)));
        }
        return changed.build();
    }

    private static final class TailDropped implements Fault {
        @Override
        public Tensor output(ModelProto model, Tensor output) {
            int size = output.size();
            if (size % 4 == 0 || output.type() == ElementType.STRING) {
                return output;
            }
            Tensor.Builder changed = new Tensor.Builder(output.type(), output.shape());
            for (int i = 0; i < size - 1; i++) {
                changed.setBits(i, output.bits(i));
            }
            return changed.build();
        }
    }

    private static final class Widened implements Fault {
        @Override
        public Tensor output(ModelProto model, Tensor output) {
            return output.type() == ElementType.FLOAT32
                    ? Tensor.ofReals(ElementType.FLOAT64, output.shape(), output.reals())
                    : output;
        }
    }
}
