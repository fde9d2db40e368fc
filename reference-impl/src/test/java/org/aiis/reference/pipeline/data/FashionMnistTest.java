package org.aiis.reference.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
    private static final Path HOME = Path.of(System.getProperty("aiis.home"));

    @Test
    void theFixtureHoldsAsManyImagesOfEachClass() {
        FashionMnist data = FashionMnist.read(HOME);
        assertThat(data.training().images().shape()).isEqualTo(Shape.of(10_000, 28, 28));
        assertThat(data.heldOut().images().shape()).isEqualTo(Shape.of(2_000, 28, 28));
        for (int c = 0; c < FashionMnist.CLASSES; c++) {
            int label = c;
            assertThat(Arrays.stream(data.training().labels().integers()).filter(l -> l == label))
                    .hasSize(1_000);
            assertThat(Arrays.stream(data.heldOut().labels().integers()).filter(l -> l == label))
                    .hasSize(200);
        }
    }

    @Test
    void fingerprintsTellAllImagesApart() {
        FashionMnist data = FashionMnist.read(HOME);
        Set<List<Long>> distinct = new HashSet<>(Fingerprint.of(data.training().images()));
        distinct.addAll(Fingerprint.of(data.heldOut().images()));
        assertThat(distinct).hasSize(12_000);
    }

    @Test
    void aFileWithOneByteChangedIsRefusedWithBothDigests(@TempDir Path home) throws IOException {
        Path file = copy(home).resolve("fixtures/fashion-mnist/t10k-labels-idx1-ubyte.gz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[500] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> FashionMnist.read(home))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte.gz: expected SHA-256 afd1c0f1");
    }

    @Test
    void aMissingFileIsRefusedWithItsName(@TempDir Path home) throws IOException {
        Files.delete(copy(home).resolve("fixtures/fashion-mnist/train-images-idx3-ubyte.gz"));
        assertThatThrownBy(() -> FashionMnist.read(home))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("train-images-idx3-ubyte.gz: expected 4354256 bytes")
                .hasMessageContaining("found no file");
    }

    @Test
    void aFileThatTheManifestDoesNotNameIsRefusedWithTheNearestOne() {
        assertThatThrownBy(() -> FixtureManifest.read(HOME).file(HOME, "fashion-mnist/train-images-idx3-ubyte.zip"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean 'fashion-mnist/train-images-idx3-ubyte.gz'");
    }

    private static Path copy(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("fixtures/fashion-mnist"));
        Files.copy(HOME.resolve("fixtures/manifest.json"), home.resolve("fixtures/manifest.json"));
        try (var files = Files.list(HOME.resolve("fixtures/fashion-mnist"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return home;
    }
}
