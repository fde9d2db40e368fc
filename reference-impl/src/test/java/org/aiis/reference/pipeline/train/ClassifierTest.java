package org.aiis.reference.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ClassifierTest {
    private final DenseLayers layers = DenseLayers.of(5, 4, 3, 3);
    private final Tensor x = random(Shape.of(7, 5), 1);
    private final Tensor y = Tensor.ofLongs(ElementType.INT64, Shape.of(7), 0, 2, 1, 1, 0, 2, 2);
    private final Tensor batch = Tensor.ofLongs(ElementType.INT64, Shape.of(5), 6, 0, 3, 1, 4);

    @Test
    void theGradientIsTheCentralDifferenceOfTheLoss() {
        double[] w = random(Shape.of(layers.parameters()), 2).reals();
        double[] gradient = new double[w.length];
        new Classifier(layers, w).slope(x, y, batch, gradient);
        double h = 1e-6;
        for (int i = 0; i < w.length; i++) {
            double[] up = w.clone();
            double[] down = w.clone();
            up[i] += h;
            down[i] -= h;
            // error of the difference: h²·f'''/6 + u·|f|/h, about 1e-10 here
            assertThat(gradient[i]).as("weight %d", i).isCloseTo((loss(up) - loss(down)) / (2 * h), within(2e-9));
        }
        assertThat(Arrays.stream(gradient).map(Math::abs).max().orElse(0)).isGreaterThan(0.05);
    }

    /** Three steps with gradients 0.5, −0.25, 4, in 40-digit decimals outside of Java. */
    @Test
    void adamFollowsTheHandComputedSteps() {
        double[] gradients = {0.5, -0.25, 4};
        double[] expected = {0.99900000632451527, 0.99873367079207922, 0.99807252487987528};
        double w = 1;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 3; t++) {
            var next = Adam.USUAL.update(w, m, v, t, gradients[t - 1], 0x1p-53);
            w = next.get(0).value();
            m = next.get(1).value();
            v = next.get(2).value();
            assertThat(w).as("step %d", t).isCloseTo(expected[t - 1], within(1e-15));
        }
    }

    @Test
    void aStepOfTheClassifierIsAdamOnItsGradient() {
        double[] w = random(Shape.of(layers.parameters()), 2).reals();
        Classifier classifier = new Classifier(layers, w);
        double[] gradient = new double[w.length];
        classifier.slope(x, y, batch, gradient);
        classifier.step(x, y, batch);
        double[] after = classifier.weights();
        for (int i = 0; i < w.length; i++) {
            double expected = Adam.USUAL
                    .update(w[i], 0, 0, 1, gradient[i], 0x1p-53)
                    .get(0)
                    .value();
            assertThat(after[i]).isCloseTo(expected, within(1e-15));
        }
    }

    @Test
    void lossOfEqualScoresIsTheLogarithmOfTheNumberOfClasses() {
        assertThat(loss(new double[layers.parameters()])).isCloseTo(StrictMath.log(3), within(1e-15));
    }

    private double loss(double[] w) {
        return new Classifier(layers, w).slope(x, y, batch, new double[w.length]);
    }

    private static Tensor random(Shape shape, long seed) {
        SplitMix random = new SplitMix(seed);
        return Tensor.ofReals(
                ElementType.FLOAT64,
                shape,
                IntStream.range(0, shape.size())
                        .mapToDouble(i -> random.uniform(-1, 1))
                        .toArray());
    }
}
