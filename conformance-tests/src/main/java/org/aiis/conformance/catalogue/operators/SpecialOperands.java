package org.aiis.conformance.catalogue.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;

/**
 * Special values put into the plain form, for the operators whose declaration leaves some out. What is not here although the
 * schema allows it has its reason in the exclusions of coverage.
 */
final class SpecialOperands {
    private static final List<Value> VALUES = List.of(
            new Value("nan", f -> Double.NaN),
            new Value("plus-infinity", f -> Double.POSITIVE_INFINITY),
            new Value("minus-infinity", f -> Double.NEGATIVE_INFINITY),
            new Value("plus-zero", f -> 0.0),
            new Value("minus-zero", f -> -0.0),
            new Value("subnormal", FloatFormat::smallestSubnormal),
            new Value("largest", FloatFormat::largestFinite));

    /** Operators that do not look at the numbers, or only move them: all values stand in one tensor. */
    private static final Set<String> TOGETHER = Set.of(
            "ArrayFeatureExtractor",
            "EyeLike",
            "Loop",
            "RandomNormalLike",
            "RandomUniformLike",
            "Scan",
            "Shape",
            "Size");

    private static final Map<String, Set<String>> ALONE = alone();

    private SpecialOperands() {}

    /** A value of a floating-point type, told by its format. */
    private record Value(String name, ToDoubleFunction<FloatFormat> in) {}

    private static Map<String, Set<String>> alone() {
        Map<String, Set<String>> alone = new HashMap<>();
        put(alone, "ArgMax ArgMin", "subnormal");
        put(alone, "CumProd ReduceProd", "minus-zero");
        put(alone, "CumSum", "plus-zero minus-zero largest");
        put(alone, "Det", "minus-zero subnormal");
        put(alone, "DynamicQuantizeLinear", "largest");
        put(alone, "Einsum", "minus-infinity minus-zero largest");
        put(alone, "LinearClassifier", "subnormal");
        put(alone, "OneHotEncoder", "minus-zero subnormal");
        // The kernel of the plain form falls to 0 with the distance, whichever way a square overflows.
        put(alone, "SVMClassifier", "plus-infinity minus-infinity plus-zero minus-zero subnormal largest");
        put(alone, "SVMRegressor", "nan plus-infinity minus-infinity plus-zero minus-zero subnormal largest");
        put(alone, "FeatureVectorizer LinearRegressor", "plus-zero minus-zero subnormal largest");
        put(alone, "Gelu", "subnormal largest");
        put(alone, "Gemm MatMul ReduceLogSumExp", "minus-zero");
        put(
                alone,
                "GroupNormalization InstanceNormalization LRN LpNormalization MeanVarianceNormalization RMSNormalization",
                "plus-infinity minus-infinity minus-zero subnormal");
        put(alone, "LayerNormalization", "plus-zero minus-zero subnormal");
        put(alone, "LogSoftmax Softmax", "plus-zero minus-zero largest");
        put(alone, "LabelEncoder", "plus-infinity minus-infinity minus-zero subnormal largest");
        put(alone, "Mish Swish", "largest");
        put(alone, "NegativeLogLikelihoodLoss", "plus-infinity minus-infinity minus-zero subnormal");
        put(alone, "SoftmaxCrossEntropyLoss", "plus-zero minus-zero subnormal");
        // The others are cast to int64, for which ONNX calls the result undefined.
        put(alone, "OneHot", "plus-zero minus-zero subnormal");
        put(alone, "ReduceL1 ReduceMean ReduceSum", "plus-zero minus-zero largest");
        put(alone, "ReduceL2", "minus-zero subnormal");
        put(alone, "ReduceLogSum", "minus-infinity minus-zero subnormal largest");
        put(alone, "ReduceMax ReduceMin", "plus-zero minus-zero");
        put(alone, "ReduceSumSquare", "plus-zero minus-zero");
        put(alone, "RotaryEmbedding", "plus-infinity minus-infinity minus-zero largest");
        put(alone, "Scaler", "plus-zero minus-zero largest");
        put(
                alone,
                "TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor",
                "plus-infinity minus-infinity minus-zero subnormal largest");
        return alone;
    }

    private static void put(Map<String, Set<String>> all, String operators, String values) {
        for (String operator : operators.split(" ")) {
            all.put(operator, Set.of(values.split(" ")));
        }
    }

    static Declaration added(Declaration declared) {
        Form plain = declared.plain();
        if (TOGETHER.contains(declared.operator())) {
            return declared.special("special-operand", s -> holding(s, plain.in(s), VALUES));
        }
        Declaration all = declared;
        Set<String> alone = ALONE.getOrDefault(declared.operator(), Set.of());
        for (Value value : VALUES) {
            if (alone.contains(value.name())) {
                all = all.special("operand-" + value.name(), s -> holding(s, plain.in(s), List.of(value)));
            }
        }
        return all;
    }

    /** The first operand of the setting's type begins with these values, as far as its size and its type go. */
    private static OneNode holding(Setting s, OneNode node, List<Value> values) {
        for (int i = 0; i < node.operands().size(); i++) {
            OneNode.Operand operand = node.operands().get(i);
            if (operand instanceof OneNode.Operand.Fed fed && fed.tensor().type() == s.type()) {
                return node.replacing(i, holding(s.type(), fed.tensor(), values));
            }
        }
        throw new IllegalStateException(
                node.operator() + " is fed nothing of " + s.type().label());
    }

    private static Tensor holding(ElementType type, Tensor tensor, List<Value> values) {
        List<Double> first = new ArrayList<>();
        values.forEach(value -> first.add(value.in().applyAsDouble(type.format())));
        Tensor.Builder changed = new Tensor.Builder(type, tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            changed.setReal(i, i < first.size() ? first.get(i) : tensor.real(i));
        }
        return changed.build();
    }
}
