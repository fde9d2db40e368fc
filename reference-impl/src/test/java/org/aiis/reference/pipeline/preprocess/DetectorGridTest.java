package org.aiis.reference.pipeline.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DetectorGridTest {
    @Test
    void theFirstOfTwoRecordsCountsAndWhereNoneIsStandsNaN() {
        Tensor keys = Tensor.ofLongs(ElementType.INT64, Shape.of(4, 3), 3, 0, 1, 4, 1, 0, 3, 0, 1, 3, 1, 1);
        Tensor values = Tensor.ofReals(
                ElementType.FLOAT32, Shape.of(4, 3), 5, 50, 9, 7, 70, 9, 6, 60, 9, Double.NaN, 10, Double.NaN);
        Map<String, Tensor> grid =
                Program.load(DetectorGrid.build(3, 2, 2, 2)).values(Map.of("keys", keys, "values", values));
        double nan = Double.NaN;
        assertThat(grid.get("flow").reals()).containsExactly(nan, 5, nan, nan, nan, nan, 7, nan);
        assertThat(grid.get("occupancy").reals()).containsExactly(nan, 50, nan, 10, nan, nan, 70, nan);
    }

    @Test
    void aProfileIsTheMeanOfDaysOfItsKindAndNeighboursAroundMidnight() {
        int days = 7;
        int intervals = 5;
        SplitMix random = new SplitMix(4);
        double[] grid = new double[days * intervals * 2];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = i % 2 == 1 && i / 2 / intervals >= 5
                    ? Double.NaN
                    : random.below(9) == 0 ? Double.NaN : random.below(50);
        }
        Tensor profile = Program.load(DetectorGrid.profile(days, intervals, 2, 1))
                .values(Map.of("grid", Tensor.ofReals(ElementType.FLOAT32, Shape.of(days * intervals, 2), grid)))
                .get("profile");
        for (int i = 0; i < profile.size(); i++) {
            int kind = i / (2 * intervals);
            double sum = 0;
            int count = 0;
            for (int day = kind == 0 ? 0 : 5; day < (kind == 0 ? 5 : 7); day++) {
                for (int by = -1; by <= 1; by++) {
                    int interval = Math.floorMod(i / 2 + by, intervals);
                    double value = grid[(day * intervals + interval) * 2 + i % 2];
                    sum += Double.isNaN(value) ? 0 : value;
                    count += Double.isNaN(value) ? 0 : 1;
                }
            }
            assertThat(profile.real(i)).isCloseTo(count == 0 ? 0 : sum / count, within(1e-4));
        }
    }
}
