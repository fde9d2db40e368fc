package org.aiis.reference.pipeline.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class IncidentNetworkTest {
    private static final int SEEN = IncidentPreparation.SEEN;
    private static final int DETECTORS = IncidentPreparation.DETECTORS;
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final double USUAL = 4;

    private static IncidentPreparation preparation() {
        double[] zeros = new double[DETECTORS];
        double[] most = new double[DETECTORS];
        Arrays.fill(most, 100);
        double[] flows = new double[576 * DETECTORS];
        Arrays.fill(flows, USUAL);
        FlowPreparation flow = FlowPreparation.unscaled(
                Tensor.ofReals(TYPE, Shape.of(DETECTORS), zeros),
                Tensor.ofReals(TYPE, Shape.of(DETECTORS), most),
                Tensor.ofReals(TYPE, Shape.of(576, DETECTORS), flows),
                Tensor.ofReals(TYPE, Shape.of(576, DETECTORS), flows));
        return IncidentPreparation.unscaled(flow);
    }

    /** Detector 0 counts nobody, 1 counts 8, 2 is missing, 3 counts what no road carries, the others what is usual. */
    private static Map<String, Tensor> window() {
        Tensor.Builder flow = new Tensor.Builder(TYPE, Shape.of(1, SEEN, DETECTORS));
        Tensor.Builder occupancy = new Tensor.Builder(TYPE, Shape.of(1, SEEN, DETECTORS));
        for (int i = 0; i < SEEN * DETECTORS; i++) {
            flow.setReal(
                    i,
                    switch (i % DETECTORS) {
                        case 0 -> 0;
                        case 1 -> 8;
                        case 2 -> Double.NaN;
                        case 3 -> 1000;
                        default -> USUAL;
                    });
            occupancy.setReal(i, i % DETECTORS == 1 ? 6 : i % DETECTORS == 2 ? Double.NaN : 0);
        }
        return Map.of(
                "flow",
                flow.build(),
                "occupancy",
                occupancy.build(),
                "slot",
                Tensor.ofLongs(ElementType.INT64, Shape.of(1), 0));
    }

    @Test
    void aDetectorSeesItsOwnLaneAndTheOneBesideIt() {
        Tensor x = Objects.requireNonNull(
                Program.load(preparation().build()).values(window()).get("x"));
        assertThat(x.shape()).isEqualTo(Shape.of(DETECTORS, IncidentPreparation.INPUTS));
        double root = Math.sqrt(USUAL + 1);
        double[] first = {
            -4 / root,
            -4 / root,
            -4 / root,
            4 / root,
            4 / root,
            4 / root,
            0,
            0,
            0,
            Math.log(7),
            Math.log(7),
            Math.log(7),
            root,
            root
        };
        assertThat(Arrays.copyOf(x.reals(), first.length)).containsExactly(first, within(1e-6));
        double[] second = Arrays.copyOfRange(x.reals(), first.length, 2 * first.length);
        assertThat(Arrays.copyOf(second, SEEN))
                .containsExactly(new double[] {4 / root, 4 / root, 4 / root}, within(1e-6));
        assertThat(Arrays.copyOfRange(second, SEEN, 2 * SEEN))
                .containsExactly(new double[] {-4 / root, -4 / root, -4 / root}, within(1e-6));
    }

    @Test
    void whatIsMissingOrNoMeasurementCountsAsUsual() {
        double[] x = Objects.requireNonNull(
                        Program.load(preparation().build()).values(window()).get("x"))
                .reals();
        int third = 2 * IncidentPreparation.INPUTS;
        assertThat(Arrays.copyOfRange(x, third, third + 4 * SEEN)).containsOnly(0);
    }

    @Test
    void anAlarmIsAProbabilityOfTheThresholdOrMore() {
        IncidentNetwork network = new IncidentNetwork(4);
        Tensor weights = network.initialWeights(TYPE, 7);
        Map<String, Tensor> free =
                Program.load(network.inference(17, preparation(), weights, 0.5)).values(window());
        double[] probability = Objects.requireNonNull(free.get("probability")).reals();
        // Between this probability and the others, which the oracle compares before they are rounded.
        double threshold = probability[0] - 1e-6;
        Map<String, Tensor> decided = Program.load(network.inference(17, preparation(), weights, threshold))
                .values(window());
        long[] alarms = Objects.requireNonNull(decided.get("incident")).integers();
        for (int i = 0; i < DETECTORS; i++) {
            assertThat(alarms[i]).as("detector %d", i).isEqualTo(probability[i] >= threshold ? 1 : 0);
        }
        assertThat(alarms[0]).isEqualTo(1);
    }

    /** Odds of events to others are four times too high where a quarter of the others was learnt. */
    @Test
    void oddsAreThoseOfAllRecords() {
        IncidentNetwork network = new IncidentNetwork(4);
        Tensor weights = network.initialWeights(TYPE, 7);
        double before = odds(network, weights);
        assertThat(odds(network, network.withPrior(weights, 0.25))).isCloseTo(before / 4, within(1e-6));
    }

    private static double odds(IncidentNetwork network, Tensor weights) {
        double p = Objects.requireNonNull(Program.load(network.inference(17, preparation(), weights, 0.5))
                        .values(window())
                        .get("probability"))
                .real(0);
        return p / (1 - p);
    }
}
