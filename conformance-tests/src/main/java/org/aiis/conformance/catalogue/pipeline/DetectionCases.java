package org.aiis.conformance.catalogue.pipeline;

import java.util.Map;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.reference.pipeline.evaluate.DetectionGraph;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;

/** Measures of the detection of events, counted here event by event from the same scores. */
final class DetectionCases implements CaseSource {
    private static final Cases CASES = new Cases(DetectionCases.class);
    private static final int TIMES = 300;
    private static final int PLACES = 5;

    @Override
    public Stream<TestCase> cases() {
        return Stream.of(made("five-places", 0.75), made("no-alarm", 2), made("alarm-always", -1));
    }

    private static TestCase made(String name, double threshold) {
        Days days = Days.drawn(threshold);
        return CASES.check(
                "EVAL-DETECTION/" + name,
                () -> new Stimulus.ModelRun(DetectionGraph.build(PLACES), days.inputs()),
                (observation, terms) -> days.judge(Played.of(observation)));
    }

    /**
     * Events that begin at once, go on to the end, and stand one interval apart; the last place has none. Scores are sixteenths, some
     * just the threshold.
     */
    private record Days(Tensor score, Tensor incident, double threshold) {
        static Days drawn(double threshold) {
            SplitMix random = new SplitMix(46);
            Tensor.Builder score = new Tensor.Builder(ElementType.FLOAT32, Shape.of(TIMES, PLACES));
            Tensor.Builder incident = new Tensor.Builder(ElementType.INT64, Shape.of(TIMES, PLACES));
            for (int i = 0; i < TIMES * PLACES; i++) {
                int t = i / PLACES;
                int place = i % PLACES;
                boolean event = place < PLACES - 1
                        && (t < 4 || t >= TIMES - 3 || t / (6 + place) % 3 == 1 || t % 17 == 5 * place % 17);
                incident.setBits(i, event ? 1 : 0);
                score.setReal(i, (random.below(13) + (event ? 3 : 0)) / 16.0);
            }
            return new Days(score.build(), incident.build(), threshold);
        }

        Map<String, Tensor> inputs() {
            return Map.of("score", score, "incident", incident, "threshold", Numbers.scalar(threshold));
        }

        Finding judge(Played played) {
            int events = 0;
            int found = 0;
            int delays = 0;
            int clear = 0;
            int wrong = 0;
            for (int place = 0; place < PLACES; place++) {
                int began = -1;
                boolean open = false;
                for (int t = 0; t < TIMES; t++) {
                    boolean alarm = score.real(t * PLACES + place) >= threshold;
                    if (incident.integer(t * PLACES + place) == 0) {
                        began = -1;
                        clear++;
                        wrong += alarm ? 1 : 0;
                        continue;
                    }
                    if (began < 0) {
                        began = t;
                        open = true;
                        events++;
                    }
                    if (open && alarm) {
                        open = false;
                        found++;
                        delays += t - began + 1;
                    }
                }
            }
            Within within = new Within();
            share(within, played, "incidents", events, 1);
            share(within, played, "found", found, events);
            share(within, played, "false_alarms", wrong, clear);
            share(within, played, "delay", delays, found);
            return within.finding();
        }

        /** One division of whole numbers, as the operator table bounds it; 0 by 0 is NaN. */
        private static void share(Within within, Played played, String name, double part, double whole) {
            double got = played.one(name, ElementType.FLOAT32, Shape.of(1)).real(0);
            double expected = part / whole;
            if (Double.isNaN(expected)) {
                org.assertj.core.api.Assertions.assertThat(got)
                        .as("%s, which is undefined", name)
                        .isNaN();
            } else {
                within.number(
                        name, got, expected, 2.5 * ElementType.FLOAT32.format().ulp(expected));
            }
        }
    }
}
