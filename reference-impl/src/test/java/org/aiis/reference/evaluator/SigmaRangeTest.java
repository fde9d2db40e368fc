package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sigma of float64 has the range of the result, although squares of it have not: scaling by 2^p scales it by 2^p. */
class SigmaRangeTest {
    private static final int TERMS = 50;

    /** 2^-565 is about 1e-170, 2^498 about 1e+150. */
    @ParameterizedTest
    @CsvSource({"-565, 0", "0, -565", "-282, -283", "498, 0", "0, 498", "249, 249", "700, -300", "1000, -1000"})
    void aDotHasTheSigmaOfTheSameDotAroundOne(int power, int otherPower) {
        double around1 = matMul(0, 0).sigma(0);
        double scaled = Math.scalb(matMul(power, otherPower).sigma(0), -power - otherPower);
        assertThat(around1).isPositive();
        assertThat(scaled).isCloseTo(around1, within(0.03 * around1));
    }

    @ParameterizedTest
    @CsvSource({"ReduceSum, -565", "ReduceSum, 498", "ReduceMean, -565", "ReduceMean, 498"})
    void aReductionHasTheSigmaOfTheSameReductionAroundOne(String operator, int power) {
        double around1 = reduction(operator, 0).sigma(0);
        double scaled = Math.scalb(reduction(operator, power).sigma(0), -power);
        assertThat(around1).isPositive();
        assertThat(scaled).isCloseTo(around1, within(0.03 * around1));
    }

    @ParameterizedTest
    @CsvSource({"-565", "498"})
    void anInheritedSigmaKeepsItsRange(int power) {
        double around1 = sumOfQuotients(0).sigma(0);
        double scaled = Math.scalb(sumOfQuotients(power).sigma(0), -power);
        assertThat(scaled).isCloseTo(around1, within(0.03 * around1));
    }

    @Test
    void aDotWithoutTermsOtherThanZeroIsExact() {
        assertThat(matMul(-2000, 0).sigma(0)).isZero();
    }

    @Test
    void aDotOfSubnormalProductsIsNotExact() {
        assertThat(matMul(-540, -500).sigma(0)).isPositive();
    }

    private static double[] values(long seed, int power) {
        return new Random(seed)
                .doubles(TERMS, -1, 1)
                .map(x -> Math.scalb(x, power))
                .toArray();
    }

    private static Reference.Value matMul(int power, int otherPower) {
        Tensor a = Tensor.ofReals(ElementType.FLOAT64, Shape.of(1, TERMS), values(1, power));
        Tensor b = Tensor.ofReals(ElementType.FLOAT64, Shape.of(TERMS, 1), values(2, otherPower));
        return result(
                new ModelBuilder(17)
                        .input("a", a)
                        .input("b", b)
                        .node("MatMul", List.of("a", "b"), List.of("y"))
                        .output("y", ElementType.FLOAT64, 1, 1),
                Map.of("a", a, "b", b));
    }

    private static Reference.Value reduction(String operator, int power) {
        Tensor x = Tensor.ofReals(ElementType.FLOAT64, Shape.of(TERMS), values(3, power));
        return result(
                new ModelBuilder(13)
                        .input("x", x)
                        .node(operator, List.of("x"), List.of("y"), Attribute.of("keepdims", 1))
                        .output("y", ElementType.FLOAT64, 1),
                Map.of("x", x));
    }

    private static Reference.Value sumOfQuotients(int power) {
        Tensor x = Tensor.ofReals(ElementType.FLOAT64, Shape.of(TERMS), values(4, power));
        Tensor three = Tensor.ofReals(ElementType.FLOAT64, Shape.of(1), 3);
        return result(
                new ModelBuilder(13)
                        .input("x", x)
                        .input("d", three)
                        .node("Div", List.of("x", "d"), List.of("q"))
                        .node("Mul", List.of("q", "d"), List.of("p"))
                        .node("ReduceSum", List.of("p"), List.of("y"))
                        .output("y", ElementType.FLOAT64, 1),
                Map.of("x", x, "d", three));
    }

    private static Reference.Value result(ModelBuilder model, Map<String, Tensor> inputs) {
        return Objects.requireNonNull(
                new Evaluator().evaluate(model.build(), inputs).outputs().get("y"));
    }
}
