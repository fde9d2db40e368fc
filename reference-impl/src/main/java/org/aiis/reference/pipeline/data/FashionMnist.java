package org.aiis.reference.pipeline.data;

import java.nio.file.Path;
import org.aiis.spec.tensor.Tensor;

/**
 * The subset of Fashion-MNIST kept in the fixtures: 10 classes, 28 × 28 pixels of uint8.
 *
 * @param training 10,000 images, 1,000 a class
 * @param heldOut 2,000 images, 200 a class, none of which is in {@code training}
 */
public record FashionMnist(LabelledImages training, LabelledImages heldOut) {
    public static final int CLASSES = 10;

    /** Reads the fixture below the home of the suite and checks it against its manifest. */
    public static FashionMnist read(Path home) {
        FixtureManifest manifest = FixtureManifest.read(home);
        return new FashionMnist(part(home, manifest, "train"), part(home, manifest, "t10k"));
    }

    private static LabelledImages part(Path home, FixtureManifest manifest, String part) {
        String images = "fashion-mnist/" + part + "-images-idx3-ubyte.gz";
        String labels = "fashion-mnist/" + part + "-labels-idx1-ubyte.gz";
        Tensor pixels = Idx.read(manifest.file(home, images), images);
        return LabelledImages.of(pixels, Idx.read(manifest.file(home, labels), labels), images);
    }
}
