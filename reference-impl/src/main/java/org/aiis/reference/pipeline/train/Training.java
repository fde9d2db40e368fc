package org.aiis.reference.pipeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;

/**
 * Trains a network on a backend, step by step of the worker protocol: the data and the state stay with the backend, losses come back. A
 * training that was killed goes on from its last checkpoint, and since everything that is drawn comes from seeds, to the very same weights
 * on a backend that does the same each time.
 */
public final class Training {
    private static final String STEP = "training-step";
    private static final String LOSS = "training-loss";
    private static final String PREFIX = "training.";
    private static final long BETWEEN_CHECKPOINTS = 2_000_000_000L;
    private static final int CHUNK = 1000;

    private final TrainingPlan plan;
    private final Steps backend;
    private final Optional<CheckpointFile> file;
    private final TrainingWatch watch;
    private final LongSupplier clock;
    private final List<String> state;
    private int turn;

    /** Performs a step of the worker protocol and answers the tensors that come back; throws when it cannot. */
    @FunctionalInterface
    public interface Steps {
        SortedMap<String, Tensor> perform(Step step);
    }

    /**
     * A training.
     *
     * @param backend performs a step, and throws when it cannot
     * @param clock in nanoseconds: for progress and for the pauses between checkpoints, never for a result
     */
    public Training(
            TrainingPlan plan, Steps backend, Optional<CheckpointFile> file, TrainingWatch watch, LongSupplier clock) {
        this.plan = plan;
        this.backend = backend;
        this.file = file;
        this.watch = watch;
        this.clock = clock;
        this.state = plan.step().state();
    }

    /**
     * What a training came to.
     *
     * @param weights of the best epoch by validation loss; of the last one where nothing is validated
     * @param best that epoch, from 0
     */
    public record Trained(Tensor weights, List<Epoch> history, int best) {
        public Trained {
            history = List.copyOf(history);
        }
    }

    /**
     * Trains from first weights, or goes on from the checkpoint where the file has one.
     *
     * @param data all records by the names of the network's graph inputs; names that the backend holds already are left out
     */
    public Trained run(Tensor first, SortedMap<String, Tensor> data) {
        String digest = plan.digest(first);
        Checkpoint at = file.flatMap(f -> f.read(digest)).orElseGet(() -> beginning(first, digest));
        data.forEach((name, tensor) -> backend.perform(new Step.Put(name, tensor)));
        backend.perform(new Step.Load(STEP, plan.step().build(), false));
        backend.perform(new Step.Load(LOSS, plan.step().loss(), false));
        for (int i = 0; i < state.size(); i++) {
            backend.perform(new Step.Put(handle(state.get(i)), at.state().get(i)));
        }
        Trained trained = on(at);
        backend.perform(new Step.Close(STEP));
        backend.perform(new Step.Close(LOSS));
        return trained;
    }

    private Checkpoint beginning(Tensor first, String digest) {
        List<Tensor> start = new ArrayList<>();
        for (String name : state) {
            start.add(
                    name.equals("w")
                            ? first
                            : new Tensor.Builder(first.type(), name.equals("t") ? Shape.of(1) : first.shape()).build());
        }
        return new Checkpoint(digest, 0, start, first, List.of(), List.of(0.0, 0.0, 0.0));
    }

    private Trained on(Checkpoint from) {
        List<Tensor> batches = plan.batches();
        List<Epoch> history = new ArrayList<>(from.history());
        Tensor best = from.best();
        double[] sums = from.sums().stream().mapToDouble(Double::doubleValue).toArray();
        long start = clock.getAsLong();
        long kept = start;
        long learnt = 0;
        for (int at = from.steps(); at < batches.size() && !plan.stopping().over(losses(history)); at++) {
            SortedMap<String, Tensor> answer = step(at, batches);
            int n = batches.get(at).size();
            learnt += n;
            sums[0] += n * Objects.requireNonNull(answer.get("loss")).real(0);
            sums[1] += answer.containsKey("correct") ? answer.get("correct").real(0) : Double.NaN;
            sums[2] += n;
            long now = clock.getAsLong();
            double rate = learnt / Math.max(1e-9, (now - start) / 1e9);
            double left = (double) (batches.size() - at - 1) * plan.batch() / rate;
            watch.step(at + 1, batches.size(), sums[0] / sums[2], sums[1] / sums[2], rate, left);
            boolean ends = (at + 1) % plan.stepsAnEpoch() == 0;
            if (ends) {
                history.add(epoch(sums, at, batches.size()));
                watch.epoch(history.size() - 1, history.get(history.size() - 1));
                sums = new double[3];
                if (plan.validation().size() == 0 || plan.stopping().best(losses(history)) == history.size() - 1) {
                    best = get("w");
                }
            }
            if (file.isPresent() && (ends || now - kept > BETWEEN_CHECKPOINTS)) {
                file.get().write(checkpoint(from.plan(), at + 1, best, history, sums));
                kept = now;
            }
        }
        int last = history.size() - 1;
        return new Trained(
                best,
                history,
                plan.validation().size() == 0 ? last : plan.stopping().best(losses(history)));
    }

    private SortedMap<String, Tensor> step(int at, List<Tensor> batches) {
        SortedMap<String, Feed> inputs = inputs(batches.get(at));
        double rate = plan.schedule().rate(at, batches.size());
        inputs.put("rate", new Feed.Inline(Tensor.ofReals(plan.step().type(), Shape.of(1), rate)));
        state.forEach(name -> inputs.put(name, new Feed.Kept(handle(name))));
        turn++;
        SortedMap<String, String> keep = new TreeMap<>();
        state.forEach(name -> keep.put(name + "_o", handle(name)));
        return backend.perform(new Step.Run(STEP, inputs, keep, plan.step().figures()));
    }

    private SortedMap<String, Feed> inputs(Tensor batch) {
        SortedMap<String, Feed> inputs = new TreeMap<>(Map.of("batch", new Feed.Inline(batch)));
        plan.step().network().data().forEach(name -> inputs.put(name, new Feed.Kept(name)));
        return inputs;
    }

    private Epoch epoch(double[] sums, int at, int steps) {
        double[] validated = new double[3];
        long[] places = plan.validation().integers();
        for (int from = 0; from < places.length; from += CHUNK) {
            long[] chunk = java.util.Arrays.copyOfRange(places, from, Math.min(places.length, from + CHUNK));
            SortedMap<String, Feed> inputs = inputs(Tensor.ofLongs(ElementType.INT64, Shape.of(chunk.length), chunk));
            inputs.put("w", new Feed.Kept(handle("w")));
            SortedMap<String, Tensor> answer = backend.perform(
                    new Step.Run(LOSS, inputs, new TreeMap<>(), plan.step().figures()));
            validated[0] +=
                    chunk.length * Objects.requireNonNull(answer.get("loss")).real(0);
            validated[1] +=
                    answer.containsKey("correct") ? answer.get("correct").real(0) : Double.NaN;
            validated[2] += chunk.length;
        }
        return new Epoch(
                sums[0] / sums[2],
                sums[1] / sums[2],
                validated[0] / validated[2],
                validated[1] / validated[2],
                plan.schedule().rate(at, steps));
    }

    /** By what epochs are compared: the validation loss. */
    private List<Double> losses(List<Epoch> history) {
        return plan.validation().size() == 0
                ? List.of()
                : history.stream().map(Epoch::validationLoss).toList();
    }

    private Checkpoint checkpoint(String digest, int steps, Tensor best, List<Epoch> history, double[] sums) {
        return new Checkpoint(
                digest,
                steps,
                state.stream().map(this::get).toList(),
                best,
                history,
                List.of(sums[0], sums[1], sums[2]));
    }

    private Tensor get(String name) {
        SortedMap<String, Tensor> answer = backend.perform(new Step.Get(handle(name)));
        return Objects.requireNonNull(answer.get(answer.firstKey()));
    }

    private String handle(String name) {
        return PREFIX + name + "." + turn % 2;
    }
}
