package org.aiis.reference.pipeline.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.pipeline.data.TrafficRecords;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FlowNetworkTest {
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int DETECTORS = FlowPreparation.DETECTORS;
    private static final int INTERVALS = TrafficRecords.INTERVALS;

    /** Each row of the profile is another: a quarter from the wrong time or kind of day would be seen. */
    private static double usual(long slot, int detector) {
        boolean weekend = slot / INTERVALS % 7 >= 5;
        return (weekend ? 700 : 0) + slot % INTERVALS + detector / 64.0;
    }

    @Test
    void aNetworkThatSaysNothingForecastsWhatIsUsualAcrossMidnightIntoTheWeekend() {
        long friday = 5L * INTERVALS - 5;
        for (FlowNetwork.Kind kind : FlowNetwork.Kind.values()) {
            FlowNetwork network = new FlowNetwork(kind, 3);
            Tensor weights = new Tensor.Builder(TYPE, Shape.of(network.parameters())).build();
            Tensor forecast = Program.load(network.inference(17, preparation(), weights))
                    .values(inputs(filled(9), friday))
                    .get("forecast");
            for (int i = 0; i < forecast.size(); i++) {
                int station = i % FlowPreparation.STATIONS;
                int horizon = FlowPreparation.HORIZONS.get(i / FlowPreparation.STATIONS);
                double expected = 0;
                for (long slot = friday + horizon - 2; slot <= friday + horizon; slot++) {
                    expected += usual(slot, 2 * station) + usual(slot, 2 * station + 1);
                }
                assertThat(forecast.real(i)).isCloseTo(expected, within(1e-3));
            }
        }
    }

    @Test
    void everyOpsetThatAnExportMayHaveGivesTheSameForecast() {
        FlowNetwork network = new FlowNetwork(FlowNetwork.Kind.RECURRENT, 3);
        Tensor weights = network.initialWeights(TYPE, 5);
        Tensor first = null;
        for (int opset = 17; opset <= 21; opset++) {
            Bytes model = network.inference(opset, preparation(), weights);
            assertThat(Models.parse(model).getOpsetImport(0).getVersion()).isEqualTo(opset);
            Tensor forecast = Program.load(model).values(inputs(filled(9), 100)).get("forecast");
            assertThat(forecast).isNotNull();
            first = first == null ? forecast : first;
            assertThat(forecast).as("opset %d", opset).isEqualTo(first);
        }
    }

    @Test
    void everyOpsetThatAnExportMayHaveGivesTheSameClasses() {
        ImageNetwork network = new ImageNetwork();
        Tensor weights = network.initialWeights(TYPE, 5);
        Tensor image = filledImage();
        Tensor first = null;
        for (int opset = 17; opset <= 21; opset++) {
            Bytes model = network.inference(opset, weights, java.util.List.of());
            // opset 19 came with IR version 9, opset 21 with IR version 10
            assertThat(Models.parse(model).getIrVersion()).isGreaterThanOrEqualTo(opset < 19 ? 8 : opset < 21 ? 9 : 10);
            Tensor scores = Program.load(model).values(Map.of("images", image)).get("scores");
            assertThat(scores).isNotNull();
            first = first == null ? scores : first;
            assertThat(scores).as("opset %d", opset).isEqualTo(first);
        }
    }

    private static Tensor filledImage() {
        Tensor.Builder pixels =
                new Tensor.Builder(ElementType.UINT8, Shape.of(1, ImageNetwork.SIDE, ImageNetwork.SIDE));
        SplitMix random = new SplitMix(4);
        for (int i = 0; i < ImageNetwork.SIDE * ImageNetwork.SIDE; i++) {
            pixels.setBits(i, random.below(256));
        }
        return pixels.build();
    }

    @Test
    void whatIsMissingOrNoMeasurementCountsAsUsual() {
        Program program = Program.load(preparation().build());
        double[] gaps = new double[FlowPreparation.SEEN * DETECTORS];
        double[] plain = new double[gaps.length];
        SplitMix random = new SplitMix(3);
        for (int i = 0; i < gaps.length; i++) {
            double usual = usual(100 + i / DETECTORS - FlowPreparation.SEEN + 1L, i % DETECTORS);
            plain[i] = random.below(3) == 0 ? usual : usual + random.below(8);
            gaps[i] = plain[i] != usual ? plain[i] : random.below(2) == 0 ? Double.NaN : 5000;
        }
        Tensor expected = program.values(inputs(tensor(plain), 100)).get("x");
        assertThat(program.values(inputs(tensor(gaps), 100)).get("x")).isEqualTo(expected);
        // The first column is the deviation of the first station over a quarter of an hour.
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int lane = 0; lane < 2; lane++) {
                sum += plain[i * DETECTORS + lane] - usual(100 - FlowPreparation.SEEN + 1L + i, lane);
            }
        }
        assertThat(expected.real(0)).isCloseTo(sum, within(1e-3));
    }

    private static FlowPreparation preparation() {
        double[] high = new double[DETECTORS];
        java.util.Arrays.fill(high, 2000);
        double[] profile = new double[2 * INTERVALS * DETECTORS];
        for (int i = 0; i < profile.length; i++) {
            int row = i / DETECTORS;
            profile[i] = usual(row < INTERVALS ? row : 5L * INTERVALS + row - INTERVALS, i % DETECTORS);
        }
        Shape rows = Shape.of(2 * INTERVALS, DETECTORS);
        return FlowPreparation.unscaled(
                Tensor.ofReals(TYPE, Shape.of(DETECTORS), new double[DETECTORS]),
                Tensor.ofReals(TYPE, Shape.of(DETECTORS), high),
                Tensor.ofReals(TYPE, rows, profile),
                Tensor.ofReals(TYPE, rows, new double[profile.length]));
    }

    private static Map<String, Tensor> inputs(Tensor flow, long slot) {
        return Map.of(
                "flow", flow, "occupancy", filled(0), "slot", Tensor.ofLongs(ElementType.INT64, Shape.of(1), slot));
    }

    private static Tensor filled(double value) {
        double[] values = new double[FlowPreparation.SEEN * DETECTORS];
        java.util.Arrays.fill(values, value);
        return tensor(values);
    }

    private static Tensor tensor(double... values) {
        return Tensor.ofReals(TYPE, Shape.of(1, FlowPreparation.SEEN, DETECTORS), values);
    }
}
