package org.aiis.reference.operators.normalisation;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The normalisations, by name. */
public final class NormalisationFamily {
    private NormalisationFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("BatchNormalization", new BatchNormalization()),
                Known.since(21, "GroupNormalization", new GroupNormalization()),
                Known.of("InstanceNormalization", new InstanceNormalization()),
                Known.since(17, "LayerNormalization", new LayerNormalization()),
                Known.of("LogSoftmax", new LogSoftmax()),
                Known.of("LpNormalization", new LpNormalization()),
                Known.of("LRN", new LRN()),
                Known.of("MeanVarianceNormalization", new MeanVarianceNormalization()),
                Known.since(23, "RMSNormalization", new RMSNormalization()),
                Known.of("Softmax", new Softmax()));
    }
}
