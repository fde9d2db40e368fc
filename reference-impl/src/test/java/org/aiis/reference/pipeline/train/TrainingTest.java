package org.aiis.reference.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.network.RecurrentNetwork;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final RecurrentNetwork NETWORK = new RecurrentNetwork(2, 4, 1, 3);
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int RECORDS = 30;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aTrainingKilledAtAnyStepGoesOnToTheSameWeights() throws IOException {
        TrainingPlan plan = plan(Adam.USUAL, 3, new Schedule.Cosine(0.05, 2), EarlyStopping.NEVER);
        Training.Trained whole = train(plan, EvaluatorSteps.immortal(), Optional.empty());
        assertThat(whole.history()).hasSize(3);
        for (int dies = 0; dies < 15; dies++) {
            CheckpointFile file = new CheckpointFile(folder.resolve("checkpoint" + dies));
            int at = dies;
            assertThatThrownBy(() -> train(plan, new EvaluatorSteps(at), Optional.of(file)))
                    .isInstanceOf(EvaluatorSteps.Killed.class);
            assertThat(Files.exists(file.file())).isEqualTo(dies > 0);
            Training.Trained resumed = train(plan, EvaluatorSteps.immortal(), Optional.of(file));
            assertThat(resumed.weights()).as("killed at run %d", dies).isEqualTo(whole.weights());
            assertThat(resumed.history()).isEqualTo(whole.history());
        }
    }

    @Test
    void aCheckpointThatIsDamagedOrOfAnotherTrainingIsRefused() throws IOException {
        CheckpointFile file = new CheckpointFile(folder.resolve("checkpoint"));
        TrainingPlan plan = plan(new Momentum(0.1, 0.9), 1, new Schedule.Constant(0.1), EarlyStopping.NEVER);
        train(plan, EvaluatorSteps.immortal(), Optional.of(file));
        TrainingPlan other = plan(new Momentum(0.1, 0.9), 2, new Schedule.Constant(0.1), EarlyStopping.NEVER);
        assertThatThrownBy(() -> train(other, EvaluatorSteps.immortal(), Optional.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("one of another");

        byte[] bytes = Files.readAllBytes(file.file());
        for (int at : new int[] {0, 25, bytes.length / 2, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file.file(), damaged);
            assertThatThrownBy(() -> train(plan, EvaluatorSteps.immortal(), Optional.of(file)))
                    .as("byte %d", at)
                    .isInstanceOf(InputException.class);
        }
        Files.write(file.file(), java.util.Arrays.copyOf(bytes, bytes.length - 9));
        assertThatThrownBy(() -> train(plan, EvaluatorSteps.immortal(), Optional.of(file)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void eachStepGetsTheRateOfTheSchedule() {
        List<Double> rates = new ArrayList<>();
        EvaluatorSteps steps = EvaluatorSteps.immortal();
        TrainingPlan plan = plan(new Sgd(0.1), 1, new Schedule.Decay(0.4, 0.5, 2), EarlyStopping.NEVER);
        new Training(
                        plan,
                        step -> {
                            if (step instanceof org.aiis.spec.testing.Step.Run run
                                    && run.inputs().get("rate")
                                            instanceof org.aiis.spec.testing.Step.Feed.Inline rate) {
                                rates.add(rate.tensor().real(0));
                            }
                            return steps.perform(step);
                        },
                        Optional.empty(),
                        TrainingWatch.SILENT,
                        () -> 0)
                .run(NETWORK.initialWeights(TYPE, 1), data());
        float half = 0.4f / 2;
        assertThat(rates).containsExactly((double) 0.4f, (double) 0.4f, (double) half, (double) half);
    }

    @Test
    void aTrainingThatGetsNoBetterStopsAndGivesTheBestWeights() {
        // A rate so large that the loss climbs after the first epochs.
        TrainingPlan plan = plan(new Sgd(1), 40, new Schedule.Constant(400), new EarlyStopping(2, 0));
        Training.Trained trained = train(plan, EvaluatorSteps.immortal(), Optional.empty());
        List<Double> losses =
                trained.history().stream().map(Epoch::validationLoss).toList();
        assertThat(losses).hasSizeLessThan(40);
        assertThat(losses.size() - 1 - trained.best()).isEqualTo(2);
        assertThat(losses.get(trained.best()))
                .isEqualTo(losses.stream().min(Double::compare).orElseThrow());

        Map<String, Tensor> inputs = new TreeMap<>(data());
        inputs.put("w", trained.weights());
        inputs.put("batch", plan.validation());
        double again =
                Program.load(plan.step().loss()).values(inputs).get("loss").real(0);
        assertThat(again).isEqualTo(losses.get(trained.best()));
    }

    @Test
    void theLossFalls() {
        TrainingPlan plan = plan(Adam.USUAL, 30, new Schedule.Constant(0.05), EarlyStopping.NEVER);
        List<Epoch> history =
                train(plan, EvaluatorSteps.immortal(), Optional.empty()).history();
        assertThat(history.get(29).loss()).isLessThan(0.8 * history.get(0).loss());
    }

    /** Parts of 5, 9 and 2 records averaged are one batch of 16: float32 sums of another order differ in the last bits. */
    @Test
    void partsOfABatchAveragedMakeTheStepOnTheWholeBatch() {
        NetworkStep step = new NetworkStep(NETWORK, Adam.USUAL, TYPE);
        Tensor w = NETWORK.initialWeights(TYPE, 5);
        Map<String, Tensor> whole = state(step, w);
        whole.putAll(data());
        whole.put("batch", places(0, 16));
        SortedMap<String, Tensor> expected = Program.load(step.build()).values(whole);

        Map<String, Tensor> update = state(step, w);
        int[] bounds = {0, 5, 14, 16};
        double[] sizes = new double[3];
        for (int part = 0; part < 3; part++) {
            Map<String, Tensor> inputs = new TreeMap<>(data());
            inputs.put("w", w);
            inputs.put("batch", places(bounds[part], bounds[part + 1]));
            update.put("g" + part, Program.load(step.gradient()).values(inputs).get("g"));
            sizes[part] = bounds[part + 1] - bounds[part];
        }
        update.put("records", Tensor.ofReals(TYPE, Shape.of(3), sizes));
        SortedMap<String, Tensor> got = Program.load(step.updateFromParts(3)).values(update);
        assertThat(distance(got.get("g"), expected.get("g"))).isLessThan(1e-5);
        assertThat(distance(got.get("m_o"), expected.get("m_o"))).isLessThan(1e-5);
        // The update of Adam's first step is the sign of the gradient, whatever its size.
        assertThat(distance(got.get("w_o"), expected.get("w_o"))).isLessThan(1e-5);

        update.put("records", Tensor.ofReals(TYPE, Shape.of(3), 1, 1, 1));
        assertThat(distance(Program.load(step.updateFromParts(3)).values(update).get("g"), expected.get("g")))
                .as("parts of unequal size averaged alike")
                .isGreaterThan(1e-3);
    }

    private static double distance(Tensor got, Tensor expected) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < got.size(); i++) {
            difference += Math.pow(got.real(i) - expected.real(i), 2);
            size += Math.pow(expected.real(i), 2);
        }
        return Math.sqrt(difference / size);
    }

    private static Map<String, Tensor> state(NetworkStep step, Tensor w) {
        Map<String, Tensor> state = new TreeMap<>();
        for (String name : step.state()) {
            state.put(name, new Tensor.Builder(TYPE, name.equals("t") ? Shape.of(1) : w.shape()).build());
        }
        state.put("w", w);
        state.put("rate", Tensor.ofReals(TYPE, Shape.of(1), 0.01));
        return state;
    }

    private static TrainingPlan plan(Optimizer optimizer, int epochs, Schedule schedule, EarlyStopping stopping) {
        NetworkStep step = new NetworkStep(NETWORK, optimizer, TYPE);
        return new TrainingPlan(step, places(0, 22), places(22, RECORDS), 6, epochs, 9, schedule, stopping);
    }

    /** Each reading of the clock is three seconds later, so that a checkpoint is due after every step. */
    private static Training.Trained train(TrainingPlan plan, EvaluatorSteps steps, Optional<CheckpointFile> file) {
        AtomicLong now = new AtomicLong();
        LongSupplier clock = () -> now.addAndGet(3_000_000_000L);
        return new Training(plan, steps, file, TrainingWatch.SILENT, clock)
                .run(NETWORK.initialWeights(TYPE, 1), data());
    }

    private static Tensor places(int from, int to) {
        return Tensor.ofLongs(
                ElementType.INT64,
                Shape.of(to - from),
                java.util.stream.LongStream.range(from, to).toArray());
    }

    /** The target is whether the first inputs so far add up to more than half their number. */
    private static SortedMap<String, Tensor> data() {
        SplitMix random = new SplitMix(77);
        Tensor.Builder x = new Tensor.Builder(TYPE, Shape.of(RECORDS, 3, 2));
        Tensor.Builder y = new Tensor.Builder(TYPE, Shape.of(RECORDS, 3, 1));
        for (int r = 0; r < RECORDS; r++) {
            double sum = 0;
            for (int t = 0; t < 3; t++) {
                double value = random.uniform();
                sum += value;
                x.setReal((r * 3 + t) * 2, value).setReal((r * 3 + t) * 2 + 1, random.uniform());
                y.setReal(r * 3 + t, sum > (t + 1) / 2.0 ? 1 : 0);
            }
        }
        return new TreeMap<>(Map.of("x", x.build(), "y", y.build()));
    }
}
