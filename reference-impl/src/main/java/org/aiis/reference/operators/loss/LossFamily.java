package org.aiis.reference.operators.loss;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The losses, by name. */
public final class LossFamily {
    private LossFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("NegativeLogLikelihoodLoss", new NegativeLogLikelihoodLoss()),
                Known.of("SoftmaxCrossEntropyLoss", new SoftmaxCrossEntropyLoss()));
    }
}
