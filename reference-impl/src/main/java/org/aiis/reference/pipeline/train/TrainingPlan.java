package org.aiis.reference.pipeline.train;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Everything that decides what a training gives.
 *
 * @param training places of the training records, int64 {@code [k]}
 * @param validation places of the validation records, int64 {@code [l]}; may be empty
 * @param seed of the order of the records
 */
public record TrainingPlan(
        NetworkStep step,
        Tensor training,
        Tensor validation,
        int batch,
        int epochs,
        long seed,
        Schedule schedule,
        EarlyStopping stopping) {
    public TrainingPlan {
        if (training.size() < 1 || batch < 1 || epochs < 1) {
            throw InputException.of(
                    training.size() + " training records in batches of " + batch + ", " + epochs + " epochs",
                    "each is 1 or more");
        }
    }

    /** The batches of all epochs: places of records, shuffled anew each epoch. */
    public List<Tensor> batches() {
        return Batches.of(training.size(), batch, epochs, seed).stream()
                .map(this::placed)
                .toList();
    }

    private Tensor placed(Tensor batch) {
        long[] places = Arrays.stream(batch.integers())
                .map(i -> training.integer((int) i))
                .toArray();
        return Tensor.ofLongs(ElementType.INT64, Shape.of(places.length), places);
    }

    public int stepsAnEpoch() {
        return (training.size() + batch - 1) / batch;
    }

    /** SHA-256 of all of it and of the first weights: a checkpoint belongs to one training. */
    String digest(Tensor first) {
        String text = step.build().sha256() + "\n" + training.digest() + "\n" + validation.digest() + "\n" + batch
                + "\n" + epochs + "\n" + seed + "\n" + schedule + "\n" + stopping + "\n" + first.digest();
        return Bytes.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
