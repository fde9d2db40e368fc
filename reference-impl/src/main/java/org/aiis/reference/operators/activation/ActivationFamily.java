package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The activation functions, by name. */
public final class ActivationFamily {
    private ActivationFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("Celu", new Celu()),
                Known.of("Dropout", new Dropout()),
                Known.of("Elu", new Elu()),
                Known.since(20, "Gelu", new Gelu()),
                Known.of("HardSigmoid", new HardSigmoid()),
                Known.since(14, "HardSwish", new HardSwish()),
                Known.of("Hardmax", new Hardmax()),
                Known.of("LeakyRelu", new LeakyRelu()),
                Known.since(18, "Mish", new Mish()),
                Known.of("PRelu", new PRelu()),
                Known.of("Relu", new Relu()),
                Known.of("Selu", new Selu()),
                Known.of("Shrink", new Shrink()),
                Known.of("Sigmoid", new Sigmoid()),
                Known.of("Softplus", new Softplus()),
                Known.of("Softsign", new Softsign()),
                Known.since(28, "SwiGLU", new SwiGLU()),
                Known.since(24, "Swish", new Swish()),
                Known.of("Tanh", new Tanh()),
                Known.of("ThresholdedRelu", new ThresholdedRelu()));
    }
}
