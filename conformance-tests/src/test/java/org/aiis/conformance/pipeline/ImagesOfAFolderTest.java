package org.aiis.conformance.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.aiis.conformance.backend.Backends;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.pipeline.data.FashionMnist;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.aiis.reference.pipeline.network.ImageNetwork;
import org.aiis.report.view.PipelinePage;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesOfAFolderTest {
    private static final Path HOME = Path.of(System.getProperty("aiis.home"));

    /** Every tenth image of 30 is of another size. */
    private static final int EACH = 30;

    @TempDir
    Path folder;

    /** Three classes that differ by colour or by direction alone: red above, red at the left, blue above. */
    private void draw() throws IOException {
        SplitMix random = new SplitMix(4);
        for (String name : List.of("red above", "red left", "blue above")) {
            Path of = Files.createDirectories(folder.resolve("set").resolve(name));
            for (int i = 0; i < EACH; i++) {
                int side = i % 10 == 0 ? 41 : 32;
                BufferedImage image = new BufferedImage(side, side - 3, BufferedImage.TYPE_INT_RGB);
                for (int p = 0; p < side * (side - 3); p++) {
                    int x = p % side;
                    int y = p / side;
                    boolean bright = name.endsWith("left") ? x < side / 2 : y < side / 2;
                    int strong = bright ? 200 : 30;
                    int noise = random.below(40);
                    int rest = 30 + random.below(40);
                    int red = name.startsWith("red") ? strong + noise : rest;
                    int blue = name.startsWith("red") ? rest : strong + noise;
                    image.setRGB(x, y, red << 16 | rest << 8 | blue);
                }
                String kind = i % 3 == 0 ? "jpeg" : "png";
                assertThat(ImageIO.write(image, kind, of.resolve(i + "." + kind).toFile()))
                        .isTrue();
            }
        }
    }

    private PipelineCase.Result run(Backend backend, int epochs) {
        return PipelineCases.named("images")
                .run(new Setting(
                        HOME,
                        backend,
                        0,
                        OptionalInt.of(epochs),
                        OptionalInt.of(8),
                        Optional.of(folder.resolve("set")),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        true,
                        OptionalInt.of(2),
                        folder.resolve("out"),
                        false,
                        Setting.Told.SILENT));
    }

    @Test
    void aClassifierIsLearntFromFilesAndTheModelHoldsItsPreprocessing() throws IOException {
        draw();
        try (Backend backend = Backends.installed().open("cpu", new TreeMap<>(Map.of("intra-op-threads", "1")))) {
            PipelineCase.Result result = run(backend, 6);
            assertThat(fact(result.page().facts(), "accuracy on held-out images"))
                    .isEqualTo("100.00 %");
            PipelinePage.Stage first = result.page().stages().get(0);
            assertThat(fact(first.facts(), "classes")).isEqualTo("blue above, red above, red left");
            assertThat(fact(first.facts(), "channels")).isEqualTo("3, red, green, blue");
            assertThat(fact(first.facts(), "training images")).isEqualTo("72");
            assertThat(fact(first.facts(), "held-out images")).isEqualTo("18");
            assertThat(result.files()).containsKeys("models/images/1/model.onnx", "models/images-int8/1/model.onnx");
            served(Objects.requireNonNull(result.files().get("models/images/1/model.onnx")));
            served(Objects.requireNonNull(result.files().get("models/images-int8/1/model.onnx")));
        }
    }

    /** The model alone, on pixels of another size than any it has learnt from, evaluated by the oracle. */
    private static void served(Bytes model) {
        assertThat(Models.parse(model).getMetadataPropsList().stream()
                        .filter(p -> p.getKey().equals("aiis.classes"))
                        .map(p -> p.getValue()))
                .containsExactly("[\"blue above\", \"red above\", \"red left\"]");
        int side = 60;
        Tensor.Builder images = new Tensor.Builder(ElementType.UINT8, Shape.of(3, side, side, 3));
        for (int i = 0; i < 3 * side * side; i++) {
            int kind = i / (side * side);
            int x = i % side;
            int y = i / side % side;
            boolean bright = kind == 2 ? x < side / 2 : y < side / 2;
            images.setBits(3 * i + 1, 50);
            images.setBits(3 * i + 2, kind == 0 ? bright ? 220 : 50 : 50);
            images.setBits(3 * i, kind == 0 ? 50 : bright ? 220 : 50);
        }
        SortedMap<String, Tensor> outputs = Program.load(model).values(Map.of("images", images.build()));
        assertThat(Objects.requireNonNull(outputs.get("predicted")).integers()).containsExactly(0, 1, 2);
    }

    private static String fact(List<org.aiis.report.view.Page.Fact> facts, String name) {
        return facts.stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** The fixture written as PNG files and read again is the fixture: the same values, bit for bit, and labels. */
    @Test
    void theFixtureAsFilesIsWhatTheTrainingTakesFromIt() throws IOException {
        FashionMnist data = FashionMnist.read(HOME);
        for (int i = 0; i < 60; i++) {
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            for (int p = 0; p < 784; p++) {
                image.getRaster().setSample(p % 28, p / 28, 0, (int)
                        data.training().images().integer(784 * i + p));
            }
            String label = Long.toString(data.training().labels().integer(i));
            Path of = Files.createDirectories(folder.resolve("set/train").resolve(label));
            Files.createDirectories(folder.resolve("set/test").resolve(label));
            assertThat(ImageIO.write(image, "png", of.resolve(i + ".png").toFile()))
                    .isTrue();
            image.getRaster().setSample(0, 0, 0, 255 - image.getRaster().getSample(0, 0, 0));
            ImageIO.write(
                    image,
                    "png",
                    folder.resolve("set/test/" + label + "/" + i + ".png").toFile());
        }
        try (Backend backend = Backends.installed().open("reference", new TreeMap<>())) {
            Answers answers = new Answers(backend);
            Setting setting = new Setting(
                    HOME,
                    backend,
                    0,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.of(folder.resolve("set")),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    false,
                    OptionalInt.empty(),
                    folder,
                    false,
                    Setting.Told.SILENT);
            ImageData read = ImageData.of(setting, answers);
            assertThat(read.training().size()).isEqualTo(60);
            assertThat(read.network().input().channels()).isEqualTo(1);
            Tensor seen = Objects.requireNonNull(answers.each(
                            read.network().scaled(), "images", read.training().pieces())
                    .get(0)
                    .get("x"));
            Tensor first = Objects.requireNonNull(answers.once(
                            new ImageNetwork().scaled(),
                            Map.of("images", data.training().slice(0, 60).images()))
                    .get("x"));
            List<String> expected = images(first, data.training().slice(0, 60).labels());
            assertThat(images(seen, read.training().labels())).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(read.twins(answers)).isZero();
        }
    }

    private static List<String> images(Tensor x, Tensor labels) {
        return java.util.stream.IntStream.range(0, labels.size())
                .mapToObj(i -> labels.integer(i) + " "
                        + Bytes.sha256(java.util.Arrays.copyOfRange(x.toByteArray(), 4 * 784 * i, 4 * 784 * (i + 1))))
                .toList();
    }

    @Test
    void anImageInBothPartsIsRefusedWithBothNames() throws IOException {
        BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
        for (String path : List.of("train/a/x.png", "train/b/y.png", "test/a/z.png")) {
            Path file = folder.resolve("set").resolve(path);
            Files.createDirectories(file.getParent());
            image.getRaster().setSample(0, 0, 0, path.contains("y") ? 9 : 0);
            ImageIO.write(image, "png", file.toFile());
        }
        try (Backend backend = Backends.installed().open("reference", new TreeMap<>())) {
            assertThatThrownBy(() -> run(backend, 1))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("test/a/z.png: a held-out image that is the training image train/a/x.png");
        }
    }
}
