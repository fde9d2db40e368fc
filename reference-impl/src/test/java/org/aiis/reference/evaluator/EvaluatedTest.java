package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;

/** What was evaluated is evaluated once, and is nobody else's answer. */
class EvaluatedTest {
    private static final Set<PrecisionMode> MODES = Set.of(PrecisionMode.FLOAT16_ACCUMULATOR);

    private final Evaluator oracle = new Evaluator();

    private static Bytes product(ElementType type) {
        return new ModelBuilder(17)
                .input("x", type, 2, 3)
                .input("w", type, 3, 2)
                .node("MatMul", List.of("x", "w"), List.of("y"))
                .output("y", type, 2, 2)
                .build();
    }

    private static Map<String, Tensor> inputs(ElementType type) {
        return Map.of(
                "x", Tensor.ofReals(type, Shape.of(2, 3), 1, 2, 3, 4, 5, 6),
                "w", Tensor.ofReals(type, Shape.of(3, 2), 0.1, 0.2, 0.3, 0.4, 0.5, 0.6));
    }

    private static Evaluated remembered(Bytes model, Map<String, Tensor> inputs) {
        Evaluated evaluated = Evaluated.of(Program.load(model), inputs);
        evaluated.rememberAs(model);
        return evaluated;
    }

    private static List<Double> sigmas(Reference reference) {
        Reference.Value y = reference.outputs().get("y");
        return List.of(y.real(0), y.sigma(0), y.real(3), y.sigma(3));
    }

    @Test
    void itIsTheAnswerOnceForThisModelAndTheseInputs() {
        Bytes model = product(ElementType.FLOAT32);
        Map<String, Tensor> inputs = inputs(ElementType.FLOAT32);
        Reference first = remembered(model, inputs).reference();
        Reference told = oracle.evaluate(model, inputs);
        assertThat(told).isSameAs(first);
        Reference anew = oracle.evaluate(model, inputs);
        assertThat(anew).isNotSameAs(first);
        assertThat(sigmas(anew)).isEqualTo(sigmas(first));
    }

    @Test
    void othersAreEvaluated() {
        Bytes model = product(ElementType.FLOAT32);
        Map<String, Tensor> inputs = inputs(ElementType.FLOAT32);
        Reference first = remembered(model, inputs).reference();
        assertThat(oracle.evaluate(model, inputs(ElementType.FLOAT32))).isNotSameAs(first);
        remembered(model, inputs);
        assertThat(oracle.evaluate(product(ElementType.FLOAT32), inputs)).isNotSameAs(first);
        Reference last = remembered(model, inputs).reference();
        CompletableFuture<Reference> elsewhere = CompletableFuture.supplyAsync(() -> oracle.evaluate(model, inputs));
        assertThat(elsewhere.join()).isNotSameAs(last);
        assertThat(Evaluator.withArithmetic(Arithmetics.fast()).evaluate(model, inputs))
                .isNotSameAs(last);
    }

    @Test
    void aModeThatChangesATypeOfItIsCalculated() {
        Map<String, Tensor> single = inputs(ElementType.FLOAT32);
        Bytes model = product(ElementType.FLOAT32);
        Reference ofSingle = remembered(model, single).reference();
        assertThat(oracle.evaluate(model, single, MODES)).isSameAs(ofSingle);

        Bytes half = product(ElementType.FLOAT16);
        Map<String, Tensor> halves = inputs(ElementType.FLOAT16);
        List<Double> anew = sigmas(oracle.evaluate(half, halves, MODES));
        Reference without = remembered(half, halves).reference();
        assertThat(sigmas(oracle.evaluate(half, halves, MODES))).isEqualTo(anew).isNotEqualTo(sigmas(without));
    }

    @Test
    void oneThatChangesDotProductsAloneLeavesTheRestAsItIs() {
        Bytes model = new ModelBuilder(17)
                .input("x", ElementType.FLOAT16, 2, 3)
                .node("ReduceSum", List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT16, 1, 1)
                .build();
        Map<String, Tensor> inputs = Map.of("x", inputs(ElementType.FLOAT16).get("x"));
        Reference first = remembered(model, inputs).reference();
        Reference told = oracle.evaluate(model, inputs, MODES);
        assertThat(told).isSameAs(first);
        Reference anew = oracle.evaluate(model, inputs, MODES);
        assertThat(anew).isNotSameAs(first);
        assertThat(anew.outputs().get("y").sigma(0))
                .isEqualTo(first.outputs().get("y").sigma(0));
    }
}
