package org.aiis.conformance.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aiis.conformance.backend.Backends;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DetectionScoresTest {
    private static final int TIMES = 5000;
    private static final int PLACES = 2;

    /** Two incidents at the first place, one at the second. */
    private static Tensor marks() {
        Tensor.Builder marks = new Tensor.Builder(ElementType.INT64, Shape.of(TIMES, PLACES));
        IntStream.range(100, 110).forEach(t -> marks.setBits(t * PLACES, 1));
        IntStream.range(200, 205).forEach(t -> marks.setBits(t * PLACES, 1));
        IntStream.range(100, 103).forEach(t -> marks.setBits(t * PLACES + 1, 1));
        return marks.build();
    }

    private static Tensor scores(Map<Integer, Double> high) {
        Tensor.Builder scores = new Tensor.Builder(ElementType.FLOAT32, Shape.of(TIMES, PLACES));
        IntStream.range(0, TIMES * PLACES).forEach(i -> scores.setReal(i, i * 1e-5));
        high.forEach(scores::setReal);
        return scores.build();
    }

    @Test
    void aThresholdLeavesTheFalseAlarmsThatAreAllowedAndNoMore() {
        Tensor scores = scores(Map.of());
        double threshold = DetectionScores.threshold(scores, marks());
        long alarms = IntStream.range(0, TIMES * PLACES)
                .filter(i -> marks().integer(i) == 0 && scores.real(i) >= threshold)
                .count();
        // 5 in 10,000 of the 9,982 intervals without incident, rounded down.
        assertThat(alarms).isEqualTo(4);
    }

    @Test
    void theBackendsMeasuresAreThoseOfTheIncidents() {
        double threshold = 0.5;
        DetectionScores scores = new DetectionScores(
                marks(),
                new TreeMap<>(Map.of(
                        "one",
                        new DetectionScores.Rule(
                                scores(Map.of(102 * PLACES, 0.9, 103 * PLACES, 0.9, 300 * PLACES, 0.9)), threshold),
                        "none",
                        new DetectionScores.Rule(scores(Map.of()), threshold))));
        try (Backend backend = Backends.installed().open("reference", new TreeMap<>())) {
            DetectionScores.Measures one = scores.measures(new Answers(backend), "one");
            assertThat(one.incidents()).isEqualTo(3);
            assertThat(one.found()).isEqualTo((double) (float) (1 / 3.0));
            assertThat(one.minutes()).isEqualTo(15);
            assertThat(one.falseAlarms() * 9982).isBetween(0.999, 1.001);
        }
        assertThat(scores.difference("one", "none").value()).isEqualTo(1 / 3.0);
        assertThat(scores.table(new TreeMap<>()).rows()).isEmpty();
    }
}
