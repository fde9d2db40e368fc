package org.aiis.conformance.qualification;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.conformance.qualification.panel.Invocation;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * Runs whose result ONNX leaves open: clause 4.7 of the operators chapter. What an implementation does there is no fault,
 * so the search leaves them out.
 */
final class Silence {
    /** Where an operator's text says nothing. */
    private record Open(Set<String> operators, Predicate<Invocation> when) {}

    private static final List<Open> OPEN = List.of(
            // D1 of each: the other operand, or NaN.
            open(
                    holding(-1, Double::isNaN),
                    "Max",
                    "Min",
                    "ReduceMax",
                    "ReduceMin",
                    "ArgMax",
                    "ArgMin",
                    "MaxPool",
                    "GlobalMaxPool",
                    "Relu",
                    "LeakyRelu",
                    "Clip",
                    "Sign",
                    "Elu",
                    "Celu",
                    "Selu",
                    "PRelu",
                    "HardSigmoid",
                    "HardSwish",
                    "Hardmax"),
            open(holding(0, v -> v == Double.NEGATIVE_INFINITY), "HardSwish", "Mish", "Swish"),
            open(holding(0, Double::isInfinite), "Softsign"),
            open(holding(-1, v -> v == Double.POSITIVE_INFINITY), "Softmax", "LogSoftmax"),
            open(holding(0, v -> v == Double.NEGATIVE_INFINITY), "Gelu"),
            open(holding(2, v -> !Double.isFinite(v)), "Gemm"),
            open(holding(1, v -> !Double.isFinite(v)), "Conv"),
            open(holding(0, v -> v != Math.rint(v) || Math.abs(v) > 100 || v == 0 && 1 / v < 0), "Cast"),
            // Cast to integers first, as Cast does.
            open(holding(0, v -> !Double.isFinite(v) || v != Math.rint(v)), "OneHot", "OneHotEncoder"),
            open(Silence::negativeInteger, "Pow"));

    /** Operators that a decision on another one speaks of too. */
    private static final Map<String, Set<String>> ALIKE = Map.of(
            "HannWindow", Set.of("HammingWindow", "BlackmanWindow"),
            "RNN", Set.of("GRU", "LSTM"),
            "NegativeLogLikelihoodLoss", Set.of("SoftmaxCrossEntropyLoss"),
            "SVMRegressor", Set.of("SVMClassifier"));

    private final Set<String> decided;

    Silence(Standard standard) {
        this.decided = standard.requirements().stream()
                .map(r -> r.id())
                .filter(id -> id.matches("OP-[A-Za-z0-9]+-D\\d+"))
                .map(id -> id.split("-")[1])
                .flatMap(
                        operator -> Stream.concat(Stream.of(operator), ALIKE.getOrDefault(operator, Set.of()).stream()))
                .collect(Collectors.toSet());
    }

    /** Whether the text leaves the result of this run open. */
    boolean open(String operator, Invocation given) {
        return OPEN.stream()
                .anyMatch(o -> o.operators().contains(operator) && o.when().test(given));
    }

    /**
     * Whether there are decisions on an operator that this table does not describe: then the search keeps to the numbers
     * of the declared forms.
     */
    boolean unknown(String operator) {
        return decided.contains(operator)
                && OPEN.stream().noneMatch(o -> o.operators().contains(operator))
                && !Set.of("ReduceMean", "Div").contains(operator);
    }

    private static Open open(Predicate<Invocation> when, String... operators) {
        return new Open(Set.of(operators), when);
    }

    /** Whether the operand at a place, or any with −1, is of reals and holds such a number. */
    private static Predicate<Invocation> holding(int place, DoublePredicate what) {
        return given -> {
            for (int i = 0; i < given.operands(); i++) {
                if ((place < 0 || place == i)
                        && given.operand(i).filter(t -> holds(t, what)).isPresent()) {
                    return true;
                }
            }
            return false;
        };
    }

    private static boolean holds(Tensor tensor, DoublePredicate what) {
        if (!tensor.type().isFloat()) {
            return false;
        }
        for (int i = 0; i < tensor.size(); i++) {
            if (what.test(tensor.real(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean negativeInteger(Invocation given) {
        boolean integer = given.operand(0).filter(t -> t.type().isInteger()).isPresent();
        return integer
                && given.operand(1).stream()
                        .filter(t -> t.type() != ElementType.STRING)
                        .flatMapToDouble(t -> Arrays.stream(t.reals()))
                        .anyMatch(v -> v < 0);
    }
}
