package org.aiis.reference.operators.vision;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.aiis.reference.operators.Call;
import org.aiis.spec.port.Oracle;

/** A decoded image, one number 0xRRGGBB a pixel, row by row. */
final class Pixels {
    private final int width;
    private final int height;
    private final int[] rgb;

    Pixels(int width, int height, int[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int rgb(int i) {
        return rgb[i];
    }

    /** Empty where the stream is damaged or no image; refused where it is an image that the oracle cannot decode. */
    static Optional<Pixels> decode(Call call, byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
        for (String other : List.of("RIFF", "\0\0\0\fjP", "ÿOÿQ")) {
            if (head.startsWith(other)) {
                throw call.refusal("the oracle decodes BMP, JPEG, PNG, PNM and TIFF, no WebP or JPEG 2000");
            }
        }
        if (head.matches("(?s)P[1-6]\\s.*")) {
            return PortableAnymap.decode(call, bytes);
        }
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            for (String format : List.of("png", "bmp", "jpeg", "tiff")) {
                Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
                ImageReader reader = readers.next();
                try {
                    if (reader.getOriginatingProvider().canDecodeInput(stream)) {
                        reader.setInput(stream, true, true);
                        call.shape(reader.getHeight(0), reader.getWidth(0), 3);
                        return Optional.of(of(reader.read(0)));
                    }
                } finally {
                    reader.dispose();
                }
            }
            return Optional.empty();
        } catch (Oracle.Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException e) {
            // What the JDK's readers throw on damaged streams; ONNX asks for an empty matrix.
            return Optional.empty();
        }
    }

    /** Samples as stored: the colour spaces of the JDK would give greys another gamma. */
    private static Pixels of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] rgb = new int[width * height];
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        for (int i = 0; i < rgb.length; i++) {
            int x = i % width;
            int y = i / width;
            rgb[i] = image.getColorModel() instanceof IndexColorModel
                    ? image.getRGB(x, y) & 0xFFFFFF
                    : sample(raster, x, y, 0) << 16
                            | sample(raster, x, y, bands < 3 ? 0 : 1) << 8
                            | sample(raster, x, y, bands < 3 ? 0 : 2);
        }
        return new Pixels(width, height, rgb);
    }

    private static int sample(Raster raster, int x, int y, int band) {
        int bits = raster.getSampleModel().getSampleSize(band);
        int sample = raster.getSample(x, y, band);
        return bits > 8 ? sample >> bits - 8 : sample * 255 / ((1 << bits) - 1);
    }
}
