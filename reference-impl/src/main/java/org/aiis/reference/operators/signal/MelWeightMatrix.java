package org.aiis.reference.operators.signal;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Triangles of height 1 over the ⌊dft_length/2⌋ + 1 bins of a spectrum [bins, num_mel_bins], whose corners are spread
 * evenly on the scale mel(f) = 2595·log10(1 + f/700) between two frequencies.
 *
 * <p>A corner lies at the bin ⌊(dft_length + 1)·f / sample_rate⌋, and the scale is divided into num_mel_bins + 2 steps, of
 * which the last is not used (OP-MelWeightMatrix-D1). Each value is a quotient of two integers, rounded once, and truncated
 * for an integer type. Source: ONNX operator text of opset 17.
 */
public final class MelWeightMatrix implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("num_mel_bins:T1 dft_length:T1 sample_rate:T1 lower_edge_hertz:T2 upper_edge_hertz:T2"
                        + " -> output:T3")
                .type("T1", Types.INDEX)
                .type("T2", Types.FLOAT)
                .type("T3", Types.NUMERIC, MelWeightMatrix::chosen)
                .attribute(Attribute.of("output_datatype", 1));
    }

    private static ElementType chosen(Attributes attributes) {
        long asked = attributes.integer("output_datatype");
        return Types.NUMERIC.stream()
                .filter(type -> type.onnx() == asked)
                .findFirst()
                .orElseThrow(() -> attributes.refusal("output_datatype " + asked + " is no numeric type"));
    }

    @Override
    public List<Value> evaluate(Call call) {
        long count = Scalars.integer(call, 0);
        long length = Scalars.integer(call, 1);
        long rate = Scalars.integer(call, 2);
        if (count < 1 || length < 1 || rate < 1 || length > 1 << 26) {
            throw call.refusal(count + " mel bins of a spectrum of length " + length + " at rate " + rate);
        }
        Shape shape = call.shape(length / 2 + 1, count);
        int[] corners = corners(call, shape);
        double[] rise = new double[shape.size()];
        double[] run = new double[shape.size()];
        Arrays.fill(run, 1);
        for (int mel = 0; mel < shape.dim(1); mel++) {
            int left = corners[mel];
            int centre = corners[mel + 1];
            int right = corners[mel + 2];
            for (int bin = left; bin <= Math.max(centre, right - 1); bin++) {
                boolean up = bin <= centre && (bin < centre || right <= centre);
                int at = bin * shape.dim(1) + mel;
                rise[at] = centre == bin ? 1 : up ? bin - left : right - bin;
                run[at] = centre == bin ? 1 : up ? centre - left : right - centre;
            }
        }
        Arithmetic a = call.arithmetic(ElementType.FLOAT64);
        ElementType type = call.outputType(0);
        Numbers quotients =
                (type.isFloat() ? call.arithmetic(type) : a).binary(Binary.DIV, Reals.own(rise), Reals.own(run));
        Value real = Value.of(type.isFloat() ? type : ElementType.FLOAT64, shape, quotients);
        return List.of(Conversion.of(call, real, type));
    }

    private static int[] corners(Call call, Shape shape) {
        double low = mel(Scalars.real(call, 3));
        double step = (mel(Scalars.real(call, 4)) - low) / (shape.dim(1) + 2);
        int[] corners = new int[shape.dim(1) + 2];
        for (int i = 0; i < corners.length; i++) {
            double hertz = 700 * (StrictMath.pow(10, (low + i * step) / 2595) - 1);
            double bin = Math.floor((Scalars.integer(call, 1) + 1.0) * hertz / (double) Scalars.integer(call, 2));
            if (!(bin >= 0 && bin < shape.dim(0)) || i > 0 && bin < corners[i - 1]) {
                throw call.refusal("a corner at bin " + bin + " of " + shape.dim(0));
            }
            corners[i] = (int) bin;
        }
        return corners;
    }

    private static double mel(double hertz) {
        return 2595 * StrictMath.log10(1 + hertz / 700);
    }
}
