package org.aiis.reference.operators.learning;

import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Without support vectors a linear classifier: Z = X·coefficientsᵀ + rho for each class, and the label of the largest. With
 * them one machine for each pair of classes i &lt; j, Σ coefficient·kernel + rho, whose sign votes for i or j: Y the label
 * with most votes, the first of equal ones, Z the scores of the pairs, which are as many as classes where there are three.
 *
 * <p>ONNX says no more than the names of the attributes; the layout is that of LIBSVM. Probabilities and other numbers of
 * classes with support vectors are refused (OP-SVMClassifier-D1). Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class SvmClassifier implements Operator {
    private static final int CLASSES = 3;

    @Override
    public Signature signature(int version) {
        return Labels.declared(Signature.of("X:T1 -> Y:T2 Z:float32"), "classlabels_ints")
                .optional("coefficients", AttributeType.FLOATS)
                .optional("kernel_params", AttributeType.FLOATS)
                .words(Attribute.of("kernel_type", "LINEAR"), Kernel.words())
                .words(Attribute.of("post_transform", "NONE"), PostTransform.words())
                .optional("prob_a", AttributeType.FLOATS)
                .optional("prob_b", AttributeType.FLOATS)
                .optional("rho", AttributeType.FLOATS)
                .optional("support_vectors", AttributeType.FLOATS)
                .optional("vectors_per_class", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Attributes attributes = call.attributes();
        Labels labels = Labels.of(attributes, "classlabels_ints");
        Features x = Features.of(call);
        double[] coefficients = Features.floats(attributes, "coefficients");
        double[] rho = Features.floats(attributes, "rho");
        if (attributes.has("prob_a") || attributes.has("prob_b")) {
            throw call.refusal("the oracle does not estimate probabilities");
        }
        Numbers scores;
        Value best;
        if (Features.integers(attributes, "vectors_per_class").length == 0) {
            if (rho.length != 1 || labels.size() < CLASSES) {
                throw call.refusal("the oracle knows linear machines with one rho and three classes or more");
            }
            Numbers products = Kernel.LINEAR.of(call, x, coefficients, labels.size());
            scores = Features.formula(call).plus(products, rho[0]);
            best = labels.best(call, scores, x.samples());
        } else {
            scores = pairs(call, labels, x, coefficients, rho);
            best = labels.best(call, votes((Reals) scores), x.samples());
        }
        return List.of(
                best,
                Value.of(
                        ElementType.FLOAT32,
                        call.shape(x.samples(), labels.size()),
                        LinearRegressor.transformed(call, scores, labels.size())));
    }

    private static Numbers pairs(Call call, Labels labels, Features x, double[] coefficients, double[] rho) {
        long[] counts = Features.integers(call.attributes(), "vectors_per_class");
        int vectors = coefficients.length / (CLASSES - 1);
        boolean fit = labels.size() == CLASSES
                && counts.length == CLASSES
                && rho.length == CLASSES
                && Arrays.stream(counts).allMatch(n -> n >= 0 && n <= vectors)
                && Arrays.stream(counts).sum() == vectors
                && coefficients.length == vectors * (CLASSES - 1);
        if (!fit) {
            throw call.refusal("the oracle knows machines with support vectors for three classes, and the lists of this"
                    + " one do not fit each other");
        }
        Numbers kernel = Kernel.of(call).of(call, x, Features.floats(call.attributes(), "support_vectors"), vectors);
        double[] weights = new double[vectors * CLASSES];
        int[] starts = {0, (int) counts[0], (int) (counts[0] + counts[1]), vectors};
        int pair = 0;
        for (int i = 0; i < CLASSES; i++) {
            for (int j = i + 1; j < CLASSES; j++) {
                for (int v = 0; v < vectors; v++) {
                    boolean ofI = v >= starts[i] && v < starts[i + 1];
                    boolean ofJ = v >= starts[j] && v < starts[j + 1];
                    weights[v * CLASSES + pair] =
                            ofI ? coefficients[(j - 1) * vectors + v] : ofJ ? coefficients[i * vectors + v] : 0;
                }
                pair++;
            }
        }
        Formula f = Features.formula(call);
        return f.arithmetic()
                .dots(
                        Matrix.rowMajor(kernel, 0, x.samples(), vectors),
                        Matrix.rowMajor(Reals.own(weights), 0, vectors, CLASSES),
                        Features.repeated(rho, x.samples()));
    }

    private static Reals votes(Reals scores) {
        double[] votes = new double[scores.size()];
        for (int from = 0; from < votes.length; from += CLASSES) {
            int pair = from;
            for (int i = 0; i < CLASSES; i++) {
                for (int j = i + 1; j < CLASSES; j++) {
                    votes[from + (scores.hi(pair++) > 0 ? i : j)]++;
                }
            }
        }
        return Reals.own(votes);
    }
}
