package org.aiis.reference.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    private static final PictureLimits LIMITS = new PictureLimits(100_000, 4096, 20, 3);

    /** 8 × 8 pixels in cyan, magenta, yellow and black, as Pillow 13.0.0 writes them. */
    private static final String CMYK = ""
            + "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdf"
            + "YmdoZz5NcXlwZHhcZWdj/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABQAAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAA"
            + "AAAAAAAAAAAA/9oADgRDAE0AWQBLAAA/AHZsYlj/2Q==";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void twoClasses() throws IOException {
        folder = temporary.resolve("set");
        put("b/one.png", new Png(2, 1, 8, Png.GREY).rows(10, 20).end());
        put("a/two.png", new Png(2, 1, 8, Png.GREY).rows(30, 40).end());
    }

    private void put(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private PictureFolder read() {
        return PictureFolder.read(folder, LIMITS);
    }

    private static List<Tensor> pieces(PictureFiles part) {
        List<Tensor> pieces = new ArrayList<>();
        part.pieces().forEachRemaining(pieces::add);
        return pieces;
    }

    /** The pixels of the one image of class c, in a folder that has no other of that class. */
    private int[] decoded(byte[] file, String name) throws IOException {
        put("c/" + name, file);
        PictureFolder read = read();
        PictureFiles part = read.training();
        int at = Arrays.stream(part.labels().integers()).boxed().toList().indexOf(2L);
        Tensor image = pieces(part.slice(at, at + 1)).get(0);
        Files.delete(folder.resolve("c").resolve(name));
        Files.delete(folder.resolve("c"));
        return Arrays.stream(image.integers()).mapToInt(v -> (int) v).toArray();
    }

    private void refused(String path, byte[] file, String... parts) throws IOException {
        put(path, file);
        assertThatThrownBy(() -> pieces(read().training()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
        Files.delete(folder.resolve(path));
    }

    @Test
    void classesCountInTheOrderOfTheirNamesAndImagesBelongToThem() {
        PictureFolder read = read();
        assertThat(read.classes()).containsExactly("a", "b");
        assertThat(read.channels()).isEqualTo(1);
        assertThat(read.heldOut()).isEmpty();
        List<Tensor> pieces = pieces(read.training());
        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0).shape()).isEqualTo(Shape.of(2, 1, 2, 1));
        for (int i = 0; i < 2; i++) {
            boolean ofA = read.training().labels().integer(i) == 0;
            assertThat(pieces.get(0).integer(2 * i)).isEqualTo(ofA ? 30 : 10);
            assertThat(pieces.get(0).integer(2 * i + 1)).isEqualTo(ofA ? 40 : 20);
        }
    }

    @Test
    void rowsComeFromTheTopAndPixelsFromTheLeft() throws IOException {
        byte[] file = new Png(3, 2, 8, Png.GREY).twoRows(1, 2, 3, 4, 5, 6).end();
        assertThat(decoded(file, "x.png")).containsExactly(1, 2, 3, 4, 5, 6);
        put("c/x.png", file);
        assertThat(pieces(read().training()).stream().map(Tensor::shape)).contains(Shape.of(1, 2, 3, 1));
    }

    @Test
    void channelsAreRedGreenBlueAndGreyImagesBesideThemGetThree() throws IOException {
        byte[] file = new Png(2, 1, 8, Png.COLOUR).rows(255, 128, 1, 7, 8, 9).end();
        assertThat(decoded(file, "x.png")).containsExactly(255, 128, 1, 7, 8, 9);
        put("c/x.png", file);
        PictureFolder read = read();
        assertThat(read.channels()).isEqualTo(3);
        int at = Arrays.stream(read.training().labels().integers())
                .boxed()
                .toList()
                .indexOf(1L);
        assertThat(pieces(read.training().slice(at, at + 1)).get(0).integers()).containsExactly(10, 10, 10, 20, 20, 20);
    }

    @Test
    void jpegFilesAreDecodedInTheSameOrder() throws IOException {
        // Four blocks of 16 × 16: red and green above, blue and white below.
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        int[] colours = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF};
        for (int i = 0; i < 32 * 32; i++) {
            image.setRGB(i % 32, i / 32, colours[i / 512 * 2 + i % 32 / 16]);
        }
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpeg", file)).isTrue();
        int[] pixels = decoded(file.toByteArray(), "x.JPG");
        int[][] corners = {{4, 4, 0xFF0000}, {4, 27, 0x00FF00}, {27, 4, 0x0000FF}, {27, 27, 0xFFFFFF}};
        for (int[] corner : corners) {
            for (int c = 0; c < 3; c++) {
                int expected = corner[2] >> (16 - 8 * c) & 255;
                assertThat(pixels[(corner[0] * 32 + corner[1]) * 3 + c])
                        .as("row %d, column %d, channel %d", corner[0], corner[1], c)
                        .isBetween(expected - 12, expected + 12);
            }
        }
    }

    @Test
    void otherDepthsAreScaledAndRounded() throws IOException {
        // 16 bits: 0x01FF / 257 = 1.99, 0xFFFF / 257 = 255
        assertThat(decoded(new Png(2, 1, 16, Png.GREY).rows(1, 0xFF, 0xFF, 0xFF).end(), "x.png"))
                .containsExactly(2, 255);
        assertThat(decoded(
                        new Png(1, 1, 16, Png.COLOUR)
                                .rows(0, 0, 0x80, 0x80, 0xFF, 0x7F)
                                .end(),
                        "x.png"))
                .containsExactly(0, 128, 255);
        assertThat(decoded(new Png(4, 1, 2, Png.GREY).rows(0b00011011).end(), "x.png"))
                .containsExactly(0, 85, 170, 255);
        assertThat(decoded(new Png(2, 1, 1, Png.GREY).rows(0b01000000).end(), "x.png"))
                .containsExactly(0, 255);
    }

    @Test
    void palettesAreLookedUpAndAreColourWhereAColourIsInThem() throws IOException {
        byte[] colours = {9, 8, 7, (byte) 200, 100, 50};
        assertThat(decoded(
                        new Png(2, 1, 8, Png.PALETTE)
                                .chunk("PLTE", colours)
                                .rows(1, 0)
                                .end(),
                        "x.png"))
                .containsExactly(200, 100, 50, 9, 8, 7);
        byte[] greys = {9, 9, 9, (byte) 200, (byte) 200, (byte) 200};
        assertThat(decoded(
                        new Png(2, 1, 8, Png.PALETTE)
                                .chunk("PLTE", greys)
                                .rows(1, 0)
                                .end(),
                        "x.png"))
                .containsExactly(200, 9);
    }

    @Test
    void alphaIsLeftOutWhereAllIsOpaqueAndRefusedWhereItIsNot() throws IOException {
        assertThat(decoded(new Png(1, 1, 8, Png.COLOUR_ALPHA).rows(1, 2, 3, 255).end(), "x.png"))
                .containsExactly(1, 2, 3);
        assertThat(decoded(new Png(2, 1, 8, Png.GREY_ALPHA).rows(5, 255, 6, 255).end(), "x.png"))
                .containsExactly(5, 6);
        refused(
                "c/x.png",
                new Png(2, 1, 8, Png.COLOUR_ALPHA)
                        .rows(1, 2, 3, 255, 1, 2, 3, 254)
                        .end(),
                "c/x.png",
                "column 1 of row 0 is transparent",
                "without alpha");
        // 65,534 of 65,535 would round to 255.
        refused(
                "c/x.png",
                new Png(1, 1, 16, Png.GREY_ALPHA).rows(1, 0, 0xFF, 0xFE).end(),
                "transparent");
        byte[] colours = {9, 8, 7, 6, 5, 4};
        refused(
                "c/x.png",
                new Png(2, 1, 8, Png.PALETTE)
                        .chunk("PLTE", colours)
                        .chunk("tRNS", (byte) 255, (byte) 0)
                        .rows(0, 1)
                        .end(),
                "column 1 of row 0 is transparent");
        refused(
                "c/x.png",
                new Png(2, 1, 8, Png.GREY)
                        .chunk("tRNS", (byte) 0, (byte) 7)
                        .rows(6, 7)
                        .end(),
                "column 1 of row 0 is transparent");
    }

    @Test
    void imagesOfOneSizeAreOnePieceAndOthersAnother() throws IOException {
        put("a/wide.png", new Png(3, 1, 8, Png.GREY).rows(1, 2, 3).end());
        List<Shape> shapes =
                pieces(read().training()).stream().map(Tensor::shape).toList();
        assertThat(shapes.stream().mapToInt(s -> s.dim(0)).sum()).isEqualTo(3);
        assertThat(shapes).contains(Shape.of(1, 1, 3, 1));
    }

    @Test
    void partsAreTakenAsTheyAreDivided() throws IOException {
        Files.move(folder, temporary.resolve("whole"));
        Files.createDirectories(folder);
        Files.move(temporary.resolve("whole"), folder.resolve("train"));
        put("test/b/three.png", new Png(1, 1, 8, Png.GREY).rows(50).end());
        PictureFolder read = read();
        assertThat(read.classes()).containsExactly("a", "b");
        assertThat(read.training().size()).isEqualTo(2);
        assertThat(read.heldOut().orElseThrow().labels().integers()).containsExactly(1);
        put("test/bb/x.png", new Png(1, 1, 8, Png.GREY).rows(50).end());
        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("bb: a class that train does not have", "did you mean 'b'?");
    }

    @Test
    void theOrderFollowsNoClass() throws IOException {
        for (int i = 0; i < 9; i++) {
            put("a/" + i + ".png", new Png(1, 1, 8, Png.GREY).rows(i).end());
            put("b/" + i + ".png", new Png(1, 1, 8, Png.GREY).rows(100 + i).end());
        }
        long[] labels = read().training().labels().integers();
        assertThat(labels).isNotEqualTo(Arrays.stream(labels).sorted().toArray());
        assertThat(read().training().labels().integers()).containsExactly(labels);
    }

    @Test
    void damagedFilesAreRefusedByName() throws IOException {
        byte[] whole = new Png(2, 2, 8, Png.GREY).twoRows(1, 2, 3, 4).end();
        for (int at = 8; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            refused("c/x.png", damaged, "c/x.png: ");
        }
        for (int length = 0; length < whole.length; length++) {
            refused("c/x.png", Arrays.copyOf(whole, length), "c/x.png: ");
        }
        refused("c/x.png", Arrays.copyOf(whole, whole.length + 1), "c/x.png", "1 bytes more");
        byte[] short1 = new Png(2, 2, 8, Png.GREY).rows(1, 2).end();
        refused("c/x.png", short1, "c/x.png", "not a whole PNG file");
        refused("c/x.png", new Png(2, 2, 8, Png.GREY).end(), "c/x.png", "not a whole PNG file");
        refused("c/x.png", new Png(2, 1, 8, Png.PALETTE).rows(0, 1).end(), "c/x.png");
        refused("c/x.png", new Png(2, 1, 8, 5).rows(0, 1).end(), "c/x.png", "not a whole PNG file");
    }

    @Test
    void aJpegFileThatIsCutShortIsRefusedAndNoPixelInvented() throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB), "jpeg", out))
                .isTrue();
        byte[] whole = out.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            refused("c/x.jpeg", Arrays.copyOf(whole, length), "c/x.jpeg: ");
        }
    }

    @Test
    void aJpegFileOfFourColoursIsRefused() throws IOException {
        refused(
                "c/x.jpg",
                Base64.getDecoder().decode(CMYK),
                "c/x.jpg: expected an image in grey or in red, green, blue");
    }

    @Test
    void sizesAreReadFromTheHeaderBeforeAnythingIsDecoded() throws IOException {
        // Some bytes that claim 65,535 × 65,535 pixels, and no data: the size is what is wrong with it.
        refused(
                "c/x.png",
                new Png(65_535, 65_535, 8, Png.COLOUR).rows(1, 2, 3).end(),
                "c/x.png",
                "at most 4096 pixels by the header",
                "65535 x 65535");
        refused("c/x.png", new Png(-1, 1, 8, Png.GREY).rows(1).end(), "c/x.png");
        refused("c/x.png", new Png(0, 1, 8, Png.GREY).rows(1).end(), "c/x.png");
        byte[] large = new Png(1, 1, 8, Png.GREY)
                .chunk("tEXt", new byte[100_000])
                .rows(1)
                .end();
        refused("c/x.png", large, "c/x.png", "at most 100000 bytes");
    }

    @Test
    void anotherFormThanTheNameSaysIsRefused() throws IOException {
        refused("c/x.jpg", new Png(1, 1, 8, Png.GREY).rows(1).end(), "c/x.jpg", "a JPEG file, as its name says");
        refused("c/x.gif", new byte[] {1}, "c/x.gif", ".png, .jpg or .jpeg");
        refused("c/x.png", new byte[0], "c/x.png", "a PNG file, as its name says");
    }

    @Test
    void linksThatLeadOutOfTheFolderAreRefusedAndThoseWithinAreFollowed() throws IOException {
        Path outside = temporary.resolve("outside.png");
        Files.write(outside, new Png(1, 1, 8, Png.GREY).rows(1).end());
        Path link = folder.resolve("a/link.png");
        Files.createSymbolicLink(link, outside);
        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a/link.png: a link that leads out of the folder");
        Files.delete(link);
        Files.createSymbolicLink(folder.resolve("a/link.png"), folder.resolve("b/one.png"));
        assertThat(read().training().size()).isEqualTo(3);
        Files.delete(link);
        Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("c"), temporary.resolve("elsewhere"));
        assertThatThrownBy(this::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("c: a link that leads out of the folder");
    }

    @Test
    void aFolderOfAnotherShapeIsRefused() throws IOException {
        assertThatThrownBy(() -> PictureFolder.read(temporary.resolve("none"), LIMITS))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found no folder");
        refused("x.png", new byte[] {1}, "x.png", "a folder of images, named after their class");
        refused("a/b/x.png", new byte[] {1}, "a/b", "expected an image, found a folder");
        Files.delete(folder.resolve("a/b"));
        refused("<b>/x.png", new byte[] {1}, "<b>", "cannot be the name of a class");
        Files.delete(folder.resolve("<b>"));
        Files.createDirectories(folder.resolve("c"));
        assertThatThrownBy(this::read).hasMessageContainingAll("c: expected images of the class, found none");
        put(".hidden", new byte[] {1});
        put("c/.DS_Store", new byte[] {1});
        put("c/x.png", new Png(1, 1, 8, Png.GREY).rows(1).end());
        assertThat(read().training().size()).isEqualTo(3);
        refused("d/x.png", new byte[] {1}, "2 to 3 folders", "found 4");
        Files.delete(folder.resolve("d"));
        for (int i = 0; i < 20; i++) {
            put("c/" + i + ".png", new Png(1, 1, 8, Png.GREY).rows(1).end());
        }
        assertThatThrownBy(this::read).hasMessageContaining("at most 20 files");
    }
}
