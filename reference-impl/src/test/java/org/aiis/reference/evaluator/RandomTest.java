package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What random operators draw: the same from a seed, other numbers from another, and what is asked for. */
class RandomTest {
    private static Tensor drawn(String operator, Map<String, Tensor> inputs, AttributeProto... attributes) {
        ModelBuilder model = new ModelBuilder(17);
        inputs.forEach(model::input);
        model.node(operator, List.copyOf(inputs.keySet()), List.of("y"), attributes);
        ElementType type = operator.equals("Multinomial") ? ElementType.INT32 : ElementType.FLOAT32;
        model.openOutput("y", type);
        return new Evaluator().values(model.build(), inputs).get("y");
    }

    private static Tensor normal(AttributeProto... more) {
        AttributeProto[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = Attribute.ints("shape", 10_000);
        return drawn("RandomNormal", Map.of(), all);
    }

    @Test
    void aSeedGivesTheSameNumbersAndAnotherSeedOthers() {
        Tensor seven = normal(Attribute.of("seed", 7f));
        assertThat(seven).isEqualTo(normal(Attribute.of("seed", 7f)));
        assertThat(seven).isNotEqualTo(normal(Attribute.of("seed", 8f)));
    }

    @Test
    void normalNumbersHaveTheMeanAndTheDeviationAskedFor() {
        double[] x = normal(Attribute.of("mean", 2f), Attribute.of("scale", 0.5f)).reals();
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        // Six standard errors of each.
        assertThat(Math.abs(mean - 2)).isLessThan(6 * 0.5 / 100);
        assertThat(Math.abs(variance - 0.25)).isLessThan(6 * 0.25 * Math.sqrt(2) / 100);
    }

    @Test
    void certainProbabilitiesAreCertain() {
        Tensor p = Tensor.ofFloats(Shape.of(4), 0, 1, 1, 0);
        assertThat(drawn("Bernoulli", Map.of("p", p))).isEqualTo(p);
    }

    @Test
    void aProbabilityAboveOneIsRefused() {
        Tensor p = Tensor.ofFloats(Shape.of(1), 1.5f);
        assertThat(catchThrowableOfType(Oracle.Refusal.class, () -> drawn("Bernoulli", Map.of("p", p))))
                .hasMessageContaining("1.5");
    }

    @Test
    void aClassWithoutWeightNeverComes() {
        Tensor logits = Tensor.ofFloats(Shape.of(1, 3), Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY);
        Tensor y = drawn("Multinomial", Map.of("l", logits), Attribute.of("sample_size", 5L));
        assertThat(y.integers()).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void aRowWithoutAClassIsRefused() {
        Tensor logits = Tensor.ofFloats(Shape.of(1, 0));
        assertThat(catchThrowableOfType(Oracle.Refusal.class, () -> drawn("Multinomial", Map.of("l", logits))))
                .isNotNull();
    }

    @Test
    void aHugeShapeIsRefused() {
        assertThat(catchThrowableOfType(
                        Oracle.Refusal.class,
                        () -> drawn("RandomNormal", Map.of(), Attribute.ints("shape", 1L << 40, 1L << 40))))
                .isNotNull();
    }
}
