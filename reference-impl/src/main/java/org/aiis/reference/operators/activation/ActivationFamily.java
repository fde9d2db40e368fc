package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The activation functions, by name. */
public final class ActivationFamily {
    private ActivationFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.since(20, "Gelu", new Gelu()),
                Known.of("LeakyRelu", new LeakyRelu()),
                Known.of("Relu", new Relu()),
                Known.of("Sigmoid", new Sigmoid()),
                Known.of("Tanh", new Tanh()));
    }
}
