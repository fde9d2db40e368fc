package org.aiis.reference.operators.loss;

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
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * The loss of log probabilities, which both loss operators end in.
 */
final class Likelihoods {
    private Likelihoods() {}

    static Signature attributes(Signature signature) {
        return signature
                .type("Tind", Types.INDEX)
                .words(Attribute.of("reduction", "mean"), "none", "sum", "mean")
                .optional("ignore_index", AttributeType.INT);
    }

    static Value loss(Call call, Value x) {
        int[] dims = x.shape().toArray();
        Value target = call.input(1);
        Shape samples = samples(call, dims);
        int inner = Axes.extent(dims, 2, dims.length);
        int[] picked = new int[samples.size()];
        int[] classes = new int[samples.size()];
        int counted = 0;
        long[] targets = target.longs();
        for (int i = 0; i < picked.length; i++) {
            boolean ignored = call.attributes().has("ignore_index")
                    && targets[i] == call.attributes().integer("ignore_index");
            if (!ignored && (targets[i] < 0 || targets[i] >= dims[1])) {
                throw call.refusal("target " + targets[i] + " is no class of " + dims[1]);
            }
            counted += ignored ? 0 : 1;
            classes[i] = ignored ? dims[1] : (int) targets[i];
            picked[i] = ignored ? x.size() : (i / inner * dims[1] + (int) targets[i]) * inner + i % inner;
        }
        Arithmetic arithmetic = call.arithmetic();
        Numbers zero = arithmetic.constant(0, 1);
        Numbers losses = arithmetic.unary(
                Unary.NEG, Numbers.join(List.of(x.numbers(), zero)).gather(picked));
        Numbers weights = Numbers.join(List.of(weights(call, dims[1]), zero)).gather(classes);
        Numbers weighted = call.has(2) ? arithmetic.binary(Binary.MUL, losses, weights) : losses;
        String reduction = call.attributes().word("reduction");
        if (reduction.equals("none")) {
            return Value.of(x.type(), samples, weighted);
        }
        int[] all = Arithmetic.equalRuns(1, picked.length);
        Numbers sum = arithmetic.sums(weighted, all);
        Numbers total = call.has(2) ? arithmetic.sums(weights, all) : arithmetic.constant(counted, 1);
        return Value.of(
                x.type(), Shape.SCALAR, reduction.equals("sum") ? sum : arithmetic.binary(Binary.DIV, sum, total));
    }

    /** The shape of the targets, which is that of the first input without its classes. */
    private static Shape samples(Call call, int[] dims) {
        Shape found = call.input(1).shape();
        if (dims.length >= 2) {
            int[] expected = new int[dims.length - 1];
            Arrays.setAll(expected, axis -> axis == 0 ? dims[0] : dims[axis + 1]);
            if (found.equals(Shape.of(expected))) {
                return found;
            }
        }
        throw call.refusal("targets of shape " + found + " do not fit scores of shape "
                + call.input(0).shape());
    }

    private static Numbers weights(Call call, int classes) {
        if (!call.has(2)) {
            return call.arithmetic().constant(1, classes);
        }
        Value weights = call.input(2);
        if (!weights.shape().equals(Shape.of(classes))) {
            throw call.refusal("weights of shape " + weights.shape() + " for " + classes + " classes");
        }
        return weights.numbers();
    }
}
