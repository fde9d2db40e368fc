package org.aiis.reference.operators.normalisation;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The normalisations, by name. */
public final class NormalisationFamily {
    private NormalisationFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("BatchNormalization", new BatchNormalization()),
                Known.since(17, "LayerNormalization", new LayerNormalization()),
                Known.of("LogSoftmax", new LogSoftmax()),
                Known.of("Softmax", new Softmax()));
    }
}
