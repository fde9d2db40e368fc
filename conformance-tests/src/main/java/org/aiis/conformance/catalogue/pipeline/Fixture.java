package org.aiis.conformance.catalogue.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.pipeline.data.FashionMnist;
import org.aiis.reference.pipeline.data.LabelledImages;
import org.aiis.reference.pipeline.features.ConvolutionalFeatures;
import org.aiis.reference.pipeline.features.ReferenceFeatures;
import org.aiis.reference.pipeline.train.Batches;
import org.aiis.reference.pipeline.train.DenseLayers;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** What the cases of the pipeline share: data, network, first weights and batches. The data are read when first asked for. */
final class Fixture {
    static final int FEW = 320;
    static final int SMALL_BATCH = 32;
    static final int BATCH = 128;
    static final int EPOCHS = 5;

    private static final long NETWORK_SEED = 11;
    private static final long WEIGHTS_SEED = 12;
    private static final long SHUFFLE_SEED = 13;

    private final Path home;
    private final List<FashionMnist> read = new ArrayList<>();
    private final List<Tensor> fewFeatures = new ArrayList<>();

    Fixture(Path home) {
        this.home = home;
    }

    synchronized FashionMnist data() {
        if (read.isEmpty()) {
            read.add(FashionMnist.read(home));
        }
        return read.get(0);
    }

    ConvolutionalFeatures network() {
        return ConvolutionalFeatures.of(NETWORK_SEED);
    }

    DenseLayers layers() {
        return DenseLayers.of(ConvolutionalFeatures.LENGTH, 64, FashionMnist.CLASSES);
    }

    Tensor weights() {
        return layers().initialWeights(ElementType.FLOAT32, WEIGHTS_SEED);
    }

    /** The first few training images. */
    LabelledImages few() {
        return data().training().slice(0, FEW);
    }

    /** Their features, from the reference: cases of single steps begin from the same numbers everywhere. */
    synchronized Tensor fewFeatures() {
        if (fewFeatures.isEmpty()) {
            fewFeatures.add(ReferenceFeatures.of(network(), few().images()));
        }
        return fewFeatures.get(0);
    }

    /** Batches over the few records: ten an epoch. */
    List<Tensor> fewBatches(int epochs) {
        return Batches.of(FEW, SMALL_BATCH, epochs, SHUFFLE_SEED);
    }

    /** Batches over all training records; the last of each epoch is smaller. */
    List<Tensor> batches(int epochs) {
        return Batches.of(data().training().size(), BATCH, epochs, SHUFFLE_SEED);
    }
}
