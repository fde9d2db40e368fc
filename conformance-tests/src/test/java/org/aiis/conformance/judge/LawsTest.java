package org.aiis.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Right samples from the JDK's generator pass the tests of distributions, wrong ones of several kinds do not. */
class LawsTest {
    private static final int SAMPLE = 4099;

    private static Tensor sample(ElementType type, IntToDoubleFunction draw) {
        Tensor.Builder tensor = new Tensor.Builder(type, Shape.of(SAMPLE));
        for (int i = 0; i < SAMPLE; i++) {
            tensor.setReal(i, draw.applyAsDouble(i));
        }
        return tensor.build();
    }

    private static void passes(Comparison comparison) {
        assertThat(comparison.problem()).isEmpty();
    }

    private static void fails(Comparison comparison, String why) {
        assertThat(comparison.problem()).contains(why);
    }

    @Test
    void normalNumbersPassInEachType() {
        for (ElementType type : new ElementType[] {ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16}) {
            Random random = new Random(1);
            passes(Laws.normal(sample(type, i -> 2.5 + 0.3 * random.nextGaussian()), 2.5, 0.3));
        }
    }

    @Test
    void aVarianceInPlaceOfTheDeviationFails() {
        Random random = new Random(2);
        fails(Laws.normal(sample(ElementType.FLOAT32, i -> 0.09 * random.nextGaussian()), 0, 0.3), "distribution");
    }

    @Test
    void aMeanLeftOutFails() {
        Random random = new Random(3);
        fails(Laws.normal(sample(ElementType.FLOAT32, i -> random.nextGaussian()), 0.25, 1), "distribution");
    }

    @Test
    void nanFails() {
        Random random = new Random(4);
        fails(Laws.normal(sample(ElementType.FLOAT32, i -> i == 7 ? Double.NaN : random.nextGaussian()), 0, 1), "NaN");
    }

    @Test
    void uniformNumbersPass() {
        Random random = new Random(5);
        passes(Laws.uniform(sample(ElementType.FLOAT16, i -> -3 + 1.75 * random.nextDouble()), -3, -1.25));
    }

    @Test
    void aNumberOutsideFails() {
        Random random = new Random(6);
        fails(
                Laws.uniform(sample(ElementType.FLOAT32, i -> i == 9 ? 1.5 : random.nextDouble()), 0, 1),
                "from 0.0 to 1.0");
    }

    @Test
    void pairsOfEqualNumbersFail() {
        double[] once = new Random(7).doubles(SAMPLE).toArray();
        fails(Laws.uniform(sample(ElementType.FLOAT32, i -> once[i / 2]), 0, 1), "1 apart");
    }

    @Test
    void aRepeatedHalfFails() {
        double[] once = new Random(8).doubles(SAMPLE).toArray();
        fails(Laws.uniform(sample(ElementType.FLOAT32, i -> once[i % (SAMPLE / 2)]), 0, 1), SAMPLE / 2 + " apart");
    }

    @Test
    void bernoulliNumbersPassInEitherReading() {
        Tensor p = sample(ElementType.FLOAT32, i -> i % 3 * 0.25);
        Random random = new Random(9);
        passes(Laws.bernoulli(sample(ElementType.FLOAT32, i -> random.nextDouble() < p.real(i) ? 1 : 0), p));
        passes(Laws.bernoulli(sample(ElementType.FLOAT32, i -> random.nextDouble() > p.real(i) ? 1 : 0), p));
        passes(Laws.bernoulli(
                sample(ElementType.FLOAT32, i -> (i == 9 ? 0 : random.nextDouble()) > p.real(i) ? 1 : 0), p));
    }

    /** Each half of the sample is right in a reading of its own; probabilities that nothing asked for are right in none. */
    @Test
    void twoReadingsInOneOutputFailAndSoDoOtherProbabilities() {
        Tensor p = sample(ElementType.FLOAT32, i -> i % 3 * 0.25);
        Random random = new Random(9);
        IntToDoubleFunction mixed = i -> random.nextDouble() < p.real(i) == (i < SAMPLE / 2) ? 1 : 0;
        fails(Laws.bernoulli(sample(ElementType.FLOAT32, mixed), p), "ones");
        fails(Laws.bernoulli(sample(ElementType.FLOAT32, i -> random.nextDouble() < 0.5 ? 1 : 0), p), "ones");
        fails(Laws.bernoulli(sample(ElementType.FLOAT32, i -> random.nextDouble() < p.real(i) / 2 ? 1 : 0), p), "ones");
    }

    @Test
    void oneWrongOneAmongCertainZeroesFails() {
        Tensor p = sample(ElementType.FLOAT32, i -> 0);
        fails(Laws.bernoulli(sample(ElementType.FLOAT32, i -> i == 3 ? 1 : 0), p), "ones: 1 of 4099");
    }

    @Test
    void multinomialClassesPassAndEquallyLikelyOnesFail() {
        Tensor logits = Tensor.ofFloats(Shape.of(1, 3), 0, 1, 2);
        double e = Math.E;
        passes(Laws.multinomial(classes(1 / (1 + e + e * e), (1 + e) / (1 + e + e * e)), logits));
        fails(Laws.multinomial(classes(1 / 3.0, 2 / 3.0), logits), "class 0");
    }

    @Test
    void equallyLikelyClassesFailWherePowersOfEOverflowOrAreZero() {
        for (float base : new float[] {900, -900}) {
            Tensor logits = Tensor.ofFloats(Shape.of(1, 3), base, base + 1, base + 2);
            double e = Math.E;
            passes(Laws.multinomial(classes(1 / (1 + e + e * e), (1 + e) / (1 + e + e * e)), logits));
            fails(Laws.multinomial(classes(1 / 3.0, 2 / 3.0), logits), "class 0");
        }
    }

    private static Tensor classes(double first, double second) {
        Random random = new Random(10);
        Tensor.Builder tensor = new Tensor.Builder(ElementType.INT32, Shape.of(1, SAMPLE));
        for (int i = 0; i < SAMPLE; i++) {
            double u = random.nextDouble();
            tensor.setBits(i, u < first ? 0 : u < second ? 1 : 2);
        }
        return tensor.build();
    }

    @Test
    void aClassThatIsNoneFails() {
        Tensor y = Tensor.ofLongs(ElementType.INT32, Shape.of(1, 2), 0, 3);
        fails(Laws.multinomial(y, Tensor.ofFloats(Shape.of(1, 3), 0, 0, 0)), "there are 3 classes");
    }

    /** The bound itself: KL(q, p)·n at most ln(2·10^10), by hand for p = ½ and n = 100. */
    @Test
    void theShareIsHeldToChernoffsBound() {
        passes(Laws.share("heads", 82, 100, 0.5));
        fails(Laws.share("heads", 83, 100, 0.5), "83 of 100");
    }
}
