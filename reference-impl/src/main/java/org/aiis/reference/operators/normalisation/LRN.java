package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Axes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X / (bias + alpha / size · S)^beta, S the sum of the squares of the elements at the same place in the channels from
 * c − ⌊(size − 1) / 2⌋ to c + ⌈(size − 1) / 2⌉; X [N, C, D…].
 *
 * <p>NaN spreads to the channels around. σ goes through the formula with the power as exp(beta · ln …). Source: ONNX
 * operator text of opset 13.
 */
public final class LRN implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", Types.FLOAT)
                .required("size", AttributeType.INT)
                .attribute(Attribute.of("alpha", 1e-4f))
                .attribute(Attribute.of("beta", 0.75f))
                .attribute(Attribute.of("bias", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        int[] dims = x.shape().toArray();
        long size = call.attributes().integer("size");
        if (dims.length < 2 || size < 1) {
            throw call.refusal("X has rank " + dims.length + " and size is " + size + ", must be at least 2 and 1");
        }
        Arithmetic arithmetic = call.arithmetic();
        Numbers squares = arithmetic.binary(Binary.MUL, x.numbers(), x.numbers());
        Numbers sums = regions(call, arithmetic, squares, dims, size);
        Numbers factor =
                arithmetic.binary(Binary.DIV, constant(call, "alpha", x.size()), arithmetic.constant((double) size, x.size()));
        Numbers base = arithmetic.binary(
                Binary.ADD, constant(call, "bias", x.size()), arithmetic.binary(Binary.MUL, factor, sums));
        Numbers beta = constant(call, "beta", x.size());
        Numbers exponent = arithmetic.binary(Binary.MUL, beta, arithmetic.unary(Unary.LOG, base));
        Numbers power =
                arithmetic.refined(arithmetic.unary(Unary.EXP, exponent), arithmetic.binary(Binary.POW, base, beta));
        return List.of(Value.of(x.type(), x.shape(), arithmetic.binary(Binary.DIV, x.numbers(), power)));
    }

    private static Numbers constant(Call call, String attribute, int count) {
        return call.arithmetic().constant(call.attributes().real(attribute), count);
    }

    private static Numbers regions(Call call, Arithmetic arithmetic, Numbers squares, int[] dims, long size) {
        int channels = dims[1];
        int inner = Axes.extent(dims, 2, dims.length);
        int before = (int) Math.min((size - 1) / 2, channels);
        int after = (int) Math.min(size / 2, channels);
        int[] order = new int
                [call.shape(squares.size(), Math.min(before + after + 1, channels))
                        .size()];
        int[] starts = new int[squares.size() + 1];
        int count = 0;
        for (int i = 0; i < squares.size(); i++) {
            int c = i / inner % channels;
            for (int other = Math.max(0, c - before); other <= Math.min(channels - 1, c + after); other++) {
                order[count++] = i + (other - c) * inner;
            }
            starts[i + 1] = count;
        }
        return arithmetic.sums(squares.gather(Arrays.copyOf(order, count)), starts);
    }
}
