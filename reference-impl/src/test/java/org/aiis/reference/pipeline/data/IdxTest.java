package org.aiis.reference.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class IdxTest {
    @Test
    void aMatrixOfBytesIsReadRowByRow() {
        assertThat(read(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255))
                .isEqualTo(Tensor.ofLongs(ElementType.UINT8, Shape.of(2, 3), 1, 2, 3, 4, 5, 255));
    }

    @Test
    void anotherMagicNumberIsRefusedWithTheOneFound() {
        assertThatThrownBy(() -> read(0, 0, 13, 1, 0, 0, 0, 1, 0))
                .isInstanceOf(InputException.class)
                .hasMessage("labels.gz: expected the magic number 0x801 to 0x803 of an IDX file of unsigned bytes,"
                        + " found 0xd01");
    }

    @Test
    void aFileThatEndsEarlyIsRefusedWithBothCounts() {
        assertThatThrownBy(() -> read(0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3))
                .isInstanceOf(InputException.class)
                .hasMessage("labels.gz: expected 4 elements for shape [4], found 3");
    }

    @Test
    void bytesAfterTheLastElementAreRefused() {
        assertThatThrownBy(() -> read(0, 0, 8, 1, 0, 0, 0, 2, 1, 2, 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found more");
    }

    @Test
    void aHeaderThatClaimsMoreThanTheLimitIsRefusedBeforeMemoryIsGivenToIt() {
        assertThatThrownBy(() -> read(0, 0, 8, 3, 127, 255, 255, 255, 127, 255, 255, 255, 0, 0, 0, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at most 67108864 elements");
    }

    @Test
    void anExtentBelowOneIsRefused() {
        assertThatThrownBy(() -> read(0, 0, 8, 1, 255, 255, 255, 255)).isInstanceOf(InputException.class);
    }

    @Test
    void aHeaderCutShortIsRefused() {
        assertThatThrownBy(() -> read(0, 0, 8))
                .isInstanceOf(InputException.class)
                .hasMessage("labels.gz: expected an IDX header, found the end of the file");
    }

    @Test
    void aFileThatIsNotGzipIsRefused() {
        assertThatThrownBy(() -> Idx.read(Bytes.own(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}), "labels.gz"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("labels.gz: not a gzip-packed IDX file");
    }

    private static Tensor read(int... content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            for (int b : content) {
                out.write(b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Idx.read(Bytes.own(packed.toByteArray()), "labels.gz");
    }
}
