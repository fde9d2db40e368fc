package org.aiis.reference.pipeline.data;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Reads gzip-packed IDX files of unsigned bytes, the form that MNIST and its kin come in. */
final class Idx {
    /** Elements that a file may hold: the whole of Fashion-MNIST, 60,000 × 28 × 28, fits. */
    private static final int MOST_ELEMENTS = 64 << 20;

    private static final int UNSIGNED_BYTE = 8;

    private Idx() {}

    /** The tensor of a file; {@code origin} names the file in errors. */
    static Tensor read(Bytes packed, String origin) {
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed.toArray())))) {
            int magic = in.readInt();
            int rank = magic & 0xFF;
            if (magic >>> 8 != UNSIGNED_BYTE || rank < 1 || rank > 3) {
                throw InputException.at(
                        origin,
                        0,
                        "the magic number 0x801 to 0x803 of an IDX file of unsigned bytes",
                        "0x" + Integer.toHexString(magic));
            }
            List<Integer> extents = new ArrayList<>();
            long elements = 1;
            for (int axis = 0; axis < rank; axis++) {
                int extent = in.readInt();
                elements *= extent;
                extents.add(extent);
                if (extent < 1 || elements > MOST_ELEMENTS) {
                    throw InputException.at(
                            origin, 0, "extents of 1 or more and at most " + MOST_ELEMENTS + " elements", "" + extents);
                }
            }
            byte[] data = in.readNBytes((int) elements);
            int more = in.read();
            if (data.length != elements || more >= 0) {
                throw InputException.at(
                        origin,
                        0,
                        elements + " elements for shape " + extents,
                        more >= 0 ? "more" : Integer.toString(data.length));
            }
            return Tensor.ofBytes(ElementType.UINT8, new Shape(extents), data);
        } catch (EOFException e) {
            throw InputException.at(origin, 0, "an IDX header", "the end of the file");
        } catch (IOException e) {
            throw InputException.because(origin + ": not a gzip-packed IDX file", e);
        }
    }
}
