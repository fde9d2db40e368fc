package org.aiis.reference.pipeline.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.aiis.spec.codec.InputException;

/**
 * Decodes an image with the readers of the JDK, in memory, to rows of pixels from the top left, channels last: grey, or red, green, blue.
 * The samples are those of the file: colour profiles, gamma and the orientation that a camera notes are not applied. Samples of more or
 * fewer than 8 bits are scaled, 0 to 0 and the largest to 255, and rounded; palettes are looked up. A pixel that is not opaque has no
 * colour of its own and is refused; an alpha channel without such a pixel is left out. Whatever a reader only warns of is refused too,
 * since behind it are invented pixels.
 */
record Decoder(PictureFormat format, String origin, PictureLimits limits) {
    private static final int OPAQUE = 255;

    /** What the header says. */
    record Header(int height, int width, boolean colour) {}

    private interface Reading<T> {
        T of(ImageReader reader) throws IOException;
    }

    /** The header, within the limits. Nothing is decoded. */
    Header header(byte[] file) {
        format.check(file, origin);
        return read(file, reader -> {
            sized(reader.getWidth(0), reader.getHeight(0));
            Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
            if (!types.hasNext()) {
                throw new IOException("its colours are of a kind that is not read");
            }
            return new Header(
                    reader.getHeight(0), reader.getWidth(0), colour(types.next().getColorModel()));
        });
    }

    private void sized(int width, int height) {
        if ((long) width * height > limits.pixels()) {
            throw InputException.at(
                    origin, 0, "at most " + limits.pixels() + " pixels by the header", width + " x " + height);
        }
    }

    private boolean colour(ColorModel model) {
        if (model instanceof IndexColorModel palette) {
            for (int i = 0; i < palette.getMapSize(); i++) {
                if (palette.getRed(i) != palette.getGreen(i) || palette.getGreen(i) != palette.getBlue(i)) {
                    return true;
                }
            }
            return false;
        }
        int colours = model.getNumColorComponents();
        if (colours != 1 && colours != 3) {
            throw InputException.at(origin, 0, "an image in grey or in red, green, blue", colours + " colours");
        }
        return colours == 3;
    }

    /**
     * The pixels, height × width × channels bytes.
     *
     * @param channels 1, which a colour image cannot be made to, or 3
     */
    byte[] pixels(byte[] file, Header expected, int channels) {
        if (!header(file).equals(expected)) {
            throw InputException.of(origin + ": changed while it was read", "keep the folder as it is during a run");
        }
        BufferedImage image = read(file, reader -> reader.read(0));
        if (image.getWidth() != expected.width() || image.getHeight() != expected.height()) {
            throw InputException.at(
                    origin,
                    0,
                    expected.width() + " x " + expected.height() + " pixels as its header says",
                    image.getWidth() + " x " + image.getHeight());
        }
        byte[] pixels = new byte[expected.height() * expected.width() * channels];
        Samples samples = samples(image.getColorModel());
        Raster raster = image.getRaster();
        int[] pixel = new int[4];
        int bands = raster.getNumBands();
        int[] row = new int[expected.width() * bands];
        for (int y = 0, at = 0; y < expected.height(); y++) {
            raster.getPixels(0, y, expected.width(), 1, row);
            for (int x = 0; x < expected.width(); x++) {
                samples.read(row, x * bands, pixel);
                if (pixel[3] != OPAQUE) {
                    throw InputException.of(
                            origin + ": the pixel in column " + x + " of row " + y + " is transparent",
                            "put the image on a background of your choice and save it without alpha");
                }
                for (int c = 0; c < channels; c++) {
                    pixels[at++] = (byte) pixel[c];
                }
            }
        }
        return pixels;
    }

    /** The samples of a pixel to red, green, blue and alpha from 0 to 255. */
    private interface Samples {
        void read(int[] row, int at, int[] pixel);
    }

    private Samples samples(ColorModel model) {
        if (model instanceof IndexColorModel palette) {
            return (row, at, pixel) -> {
                int index = row[at];
                if (index >= palette.getMapSize()) {
                    throw InputException.at(
                            origin, 0, "a palette of more than " + index + " colours", "" + palette.getMapSize());
                }
                pixel[0] = palette.getRed(index);
                pixel[1] = palette.getGreen(index);
                pixel[2] = palette.getBlue(index);
                pixel[3] = palette.getAlpha(index);
            };
        }
        int colours = model.getNumColorComponents();
        return (row, at, pixel) -> {
            for (int c = 0; c < 3; c++) {
                int band = colours == 1 ? 0 : c;
                pixel[c] = eightBits(row[at + band], model.getComponentSize(band));
            }
            boolean opaque = !model.hasAlpha() || row[at + colours] == (1 << model.getComponentSize(colours)) - 1;
            pixel[3] = opaque ? OPAQUE : 0;
        };
    }

    private static int eightBits(int sample, int bits) {
        int most = (1 << bits) - 1;
        return bits == 8 ? sample : (int) ((2L * 255 * sample + most) / (2L * most));
    }

    private <T> T read(byte[] file, Reading<T> reading) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.known).next();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            T result = reading.of(reader);
            if (!warnings.isEmpty()) {
                throw new IOException(warnings.get(0));
            }
            return result;
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The readers meet damaged files with exceptions of many kinds.
            throw InputException.because(origin + ": not a whole " + format + " file that can be read", e);
        } finally {
            reader.dispose();
        }
    }
}
