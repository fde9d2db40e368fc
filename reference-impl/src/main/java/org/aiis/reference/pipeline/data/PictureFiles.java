package org.aiis.reference.pipeline.data;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Images of a folder, decoded piece by piece: {@code uint8 [n, height, width, channels]}.
 *
 * @param channels 1 or 3, the same for all
 */
public record PictureFiles(int channels, List<PictureFile> files) implements Pictures {
    private static final int IMAGES = 1000;
    private static final long BYTES = 64 << 20;

    public PictureFiles {
        files = List.copyOf(files);
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Tensor labels() {
        return Tensor.ofLongs(
                ElementType.INT64,
                Shape.of(files.size()),
                files.stream().mapToLong(PictureFile::label).toArray());
    }

    @Override
    public PictureFiles slice(int from, int to) {
        return new PictureFiles(channels, files.subList(from, to));
    }

    /** Those at the places given, in that order. */
    public PictureFiles at(long... places) {
        return new PictureFiles(
                channels,
                Arrays.stream(places).mapToObj(i -> files.get((int) i)).toList());
    }

    /** What an image is called in errors. */
    public String name(int image) {
        return files.get(image).origin();
    }

    /** Smallest and largest of the sides. */
    public int[] sides() {
        return new int[] {
            sideStream().min().orElseThrow(), sideStream().max().orElseThrow(),
        };
    }

    private IntStream sideStream() {
        return files.stream()
                .flatMapToInt(f -> IntStream.of(f.header().height(), f.header().width()));
    }

    @Override
    public Iterator<Tensor> pieces() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < files.size();
            }

            @Override
            public Tensor next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = next;
                next = end(from);
                ByteArrayOutputStream pixels = new ByteArrayOutputStream();
                for (PictureFile file : files.subList(from, next)) {
                    pixels.writeBytes(file.pixels(channels));
                }
                Decoder.Header header = files.get(from).header();
                Shape shape = Shape.of(next - from, header.height(), header.width(), channels);
                return Tensor.ofBytes(ElementType.UINT8, shape, pixels.toByteArray());
            }
        };
    }

    /** Behind the last image that belongs to a piece. */
    private int end(int from) {
        Decoder.Header first = files.get(from).header();
        long each = (long) first.height() * first.width() * channels;
        int to = from + 1;
        while (to < files.size()
                && to - from < IMAGES
                && (to - from + 1) * each <= BYTES
                && files.get(to).header().height() == first.height()
                && files.get(to).header().width() == first.width()) {
            to++;
        }
        return to;
    }
}
