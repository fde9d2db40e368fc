package org.aiis.conformance.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.aiis.conformance.backend.Backends;
import org.aiis.reference.pipeline.data.FashionMnist;
import org.aiis.reference.pipeline.data.LabelledImages;
import org.aiis.reference.pipeline.network.ImageNetwork;
import org.aiis.reference.pipeline.train.Adam;
import org.aiis.reference.pipeline.train.EarlyStopping;
import org.aiis.reference.pipeline.train.NetworkStep;
import org.aiis.reference.pipeline.train.Schedule;
import org.aiis.reference.pipeline.train.TrainingPlan;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend is shown in a cross-validation: which records it learns from in each fold, and which it is tried on. */
class FoldsTest {
    private static final Path HOME = Path.of(System.getProperty("aiis.home"));
    private static final int RECORDS = 60;
    private static final int FOLDS = 3;

    @TempDir
    Path folder;

    /** Passes everything on, and notes the places in each batch. */
    private static final class Listening implements Backend {
        private final Backend to;
        private final List<Set<Long>> learnt = new ArrayList<>();
        private final List<List<Long>> tried = new ArrayList<>();

        Listening(Backend to) {
            this.to = to;
        }

        @Override
        public Sut describe() {
            return to.describe();
        }

        @Override
        public Observation perform(Step step) {
            if (step instanceof Step.Run run && run.inputs().get("batch") instanceof Step.Feed.Inline batch) {
                List<Long> places =
                        Arrays.stream(batch.tensor().integers()).boxed().toList();
                if (run.inputs().containsKey("rate")) {
                    learnt.get(learnt.size() - 1).addAll(places);
                } else {
                    tried.get(tried.size() - 1).addAll(places);
                }
            } else if (step instanceof Step.Load load && load.model().equals("fold-loss")) {
                tried.add(new ArrayList<>());
            } else if (step instanceof Step.Load load && load.model().equals("training-step")) {
                learnt.add(new HashSet<>());
            }
            return to.perform(step);
        }

        @Override
        public void close() {
            to.close();
        }
    }

    @Test
    void eachRecordIsTriedOnceByATrainingThatNeverSawItAndEachFoldHoldsEachClassAlike() {
        LabelledImages images = FashionMnist.read(HOME).training().slice(0, RECORDS);
        // Three classes of 20, so that no fold can hold them exactly alike.
        long[] labels = LongStream.range(0, RECORDS).map(i -> i * 7 % 20 / 7).toArray();
        Tensor y = Tensor.ofLongs(ElementType.INT64, Shape.of(RECORDS), labels);
        try (Listening backend = new Listening(Backends.installed().open("cpu", new TreeMap<>()))) {
            Answers answers = new Answers(backend);
            Tensor x = answers.once(new ImageNetwork().scaled(), Map.of("images", images.images()))
                    .get("x");
            answers.outputs(new Step.Put("x", x));
            answers.outputs(new Step.Put("y", y));
            PipelinePage.Stage stage = new ImageFolds(setting(backend), answers, plan(), y).stage(FOLDS);

            assertThat(backend.tried).hasSize(FOLDS);
            assertThat(backend.learnt).hasSize(FOLDS);
            for (int fold = 0; fold < FOLDS; fold++) {
                assertThat(backend.learnt.get(fold))
                        .as("fold %d, learnt from and tried on", fold)
                        .doesNotContainAnyElementsOf(backend.tried.get(fold));
                assertThat(backend.learnt.get(fold).size()
                                + backend.tried.get(fold).size())
                        .isEqualTo(RECORDS);
                for (long c = 0; c < 3; c++) {
                    long of = c;
                    double share = Arrays.stream(labels).filter(l -> l == of).count() / (double) FOLDS;
                    assertThat(backend.tried.get(fold).stream()
                                    .filter(place -> labels[place.intValue()] == of)
                                    .count())
                            .as("fold %d, records of class %d", fold, c)
                            .isBetween((long) Math.floor(share), (long) Math.ceil(share));
                }
            }
            assertThat(backend.tried.stream().flatMap(List::stream).sorted().toList())
                    .isEqualTo(LongStream.range(0, RECORDS).boxed().toList());
            assertThat(stage.tables().get(0).rows()).hasSize(FOLDS);
        }
    }

    private Setting setting(Backend backend) {
        return new Setting(
                HOME,
                backend,
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                OptionalInt.of(FOLDS),
                folder,
                false,
                Setting.Told.SILENT);
    }

    private static TrainingPlan plan() {
        return new TrainingPlan(
                new NetworkStep(new ImageNetwork(), Adam.USUAL, ElementType.FLOAT32),
                Tensor.ofLongs(
                        ElementType.INT64,
                        Shape.of(RECORDS),
                        LongStream.range(0, RECORDS).toArray()),
                Tensor.ofLongs(ElementType.INT64, Shape.of(0)),
                16,
                1,
                1,
                new Schedule.Constant(1e-3),
                EarlyStopping.NEVER);
    }
}
