package org.aiis.reference.operators.training;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The steps of optimizers, by name. */
public final class TrainingFamily {
    private TrainingFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of(Known.TRAINING, 1, "Adagrad", new Adagrad()),
                Known.of(Known.TRAINING, 1, "Adam", new Adam()),
                Known.of(Known.TRAINING, 1, "Momentum", new Momentum()));
    }
}
