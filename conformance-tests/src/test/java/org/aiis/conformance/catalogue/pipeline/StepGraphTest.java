package org.aiis.conformance.catalogue.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.train.Classifier;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.reference.pipeline.train.StepGraph;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.Test;

/** The step graph in float64 against plain Java and against differences of its own loss, for several lists of layers. */
class StepGraphTest {
    private static final ElementType TYPE = ElementType.FLOAT64;
    private final Tensor x = random(Shape.of(7, 5), 1);
    private final Tensor y = Tensor.ofLongs(ElementType.INT64, Shape.of(7), 0, 2, 1, 1, 0, 2, 2);
    private final Tensor batch = Tensor.ofLongs(ElementType.INT64, Shape.of(5), 6, 0, 3, 1, 4);

    @Test
    void oneTwoAndThreeLayersGiveTheGradientLossAndUpdateOfPlainJava() {
        for (DenseLayers layers :
                new DenseLayers[] {DenseLayers.of(5, 3), DenseLayers.of(5, 4, 3), DenseLayers.of(5, 6, 4, 3)}) {
            Tensor w = random(Shape.of(layers.parameters()), 2);
            Observation.Outputs got = run(layers, w);
            Classifier classifier = new Classifier(layers, w.reals());
            double[] gradient = new double[layers.parameters()];
            double loss = classifier.slope(x, y, batch, gradient);
            assertThat(real(got, "loss", 0)).isCloseTo(loss, within(1e-14));
            classifier.step(x, y, batch);
            for (int i = 0; i < gradient.length; i++) {
                assertThat(real(got, "g", i)).as("g[%d] of %s", i, layers).isCloseTo(gradient[i], within(1e-14));
                assertThat(real(got, "w_o", i)).isCloseTo(classifier.weights()[i], within(1e-12));
            }
            assertThat(real(got, "t_o", 0)).isEqualTo(1);
        }
    }

    @Test
    void theGradientIsTheCentralDifferenceOfTheLossOfTheGraph() {
        DenseLayers layers = DenseLayers.of(5, 4, 3);
        Tensor w = random(Shape.of(layers.parameters()), 2);
        double h = 1e-6;
        List<Step> steps = new ArrayList<>(List.of(new Step.Load("step", StepGraph.build(layers, TYPE), false)));
        steps.add(Step.Run.of("step", inputs(w)));
        for (int i = 0; i < w.size(); i++) {
            steps.add(Step.Run.of("step", inputs(moved(w, i, h))));
            steps.add(Step.Run.of("step", inputs(moved(w, i, -h))));
        }
        List<Observation> answers = Stage.faultless().play(steps).steps();
        for (int i = 0; i < w.size(); i++) {
            double difference = real(answers.get(2 * i + 2), "loss", 0) - real(answers.get(2 * i + 3), "loss", 0);
            assertThat(real(answers.get(1), "g", i)).isCloseTo(difference / (2 * h), within(2e-9));
        }
    }

    private Observation.Outputs run(DenseLayers layers, Tensor w) {
        Stimulus step = new Stimulus.ModelRun(StepGraph.build(layers, TYPE), inputs(w));
        return (Observation.Outputs) Stage.faultless().play(step);
    }

    private Map<String, Tensor> inputs(Tensor w) {
        Tensor zeros = new Tensor.Builder(TYPE, w.shape()).build();
        return Map.of(
                "x", x,
                "y", y,
                "batch", batch,
                "w", w,
                "m", zeros,
                "v", zeros,
                "t", new Tensor.Builder(TYPE, Shape.of(1)).build());
    }

    private static double real(Observation answer, String name, int i) {
        return ((Observation.Outputs) answer).values().get(name).tensor().real(i);
    }

    private static Tensor moved(Tensor w, int at, double by) {
        double[] values = w.reals();
        values[at] += by;
        return Tensor.ofReals(TYPE, w.shape(), values);
    }

    private static Tensor random(Shape shape, long seed) {
        SplitMix random = new SplitMix(seed);
        double[] values = IntStream.range(0, shape.size())
                .mapToDouble(i -> random.uniform(-1, 1))
                .toArray();
        return Tensor.ofReals(TYPE, shape, values);
    }
}
