package org.aiis.conformance.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Reads an array in NumPy's {@code .npy} format, versions 1 to 3, as NumPy's enhancement proposal 1 gives it: a magic word, a
 * header that is a dictionary of three entries, and the elements. Objects, which would have to be unpickled, strings and
 * records are refused.
 */
final class NumpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int HIGHEST_RANK = 64;

    /** Kind and bytes, as NumPy writes them behind the byte order. */
    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("b1", ElementType.BOOL),
            Map.entry("i1", ElementType.INT8),
            Map.entry("i2", ElementType.INT16),
            Map.entry("i4", ElementType.INT32),
            Map.entry("i8", ElementType.INT64),
            Map.entry("u1", ElementType.UINT8),
            Map.entry("u2", ElementType.UINT16),
            Map.entry("u4", ElementType.UINT32),
            Map.entry("u8", ElementType.UINT64),
            Map.entry("f2", ElementType.FLOAT16),
            Map.entry("f4", ElementType.FLOAT32),
            Map.entry("f8", ElementType.FLOAT64));

    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([<>|=])([a-zA-Z])(\\d{1,4})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

    private final String name;

    private NumpyArray(String name) {
        this.name = name;
    }

    /** @throws InputException when it is none, or holds what a tensor cannot, naming the file */
    static Tensor read(String name, byte[] content) {
        return new NumpyArray(name).read(content);
    }

    private Tensor read(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < 10 || !in.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw refused("is no .npy file", "write it with numpy.save");
        }
        int version = content[6];
        if (version < 1 || version > 3) {
            throw refused("is of version " + version + " of the .npy format", "versions 1 to 3 are read");
        }
        int start = version == 1 ? 10 : 12;
        long length = version == 1 ? in.getShort(8) & 0xFFFFL : content.length < 12 ? -1 : in.getInt(8) & 0xFFFFFFFFL;
        if (length < 0 || length > LONGEST_HEADER || start + length > content.length) {
            throw refused("ends within its header, or has one of more than " + LONGEST_HEADER + " bytes", "");
        }
        String header = new String(
                content, start, (int) length, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return read(header, in.slice((int) (start + length), content.length - (int) (start + length)));
    }

    private Tensor read(String header, ByteBuffer elements) {
        Matcher descr = found(DESCR, header, "one element type, such as '<f4'");
        ElementType type = Optional.ofNullable(TYPES.get(descr.group(2) + descr.group(3)))
                .orElseThrow(() -> refused(
                        "has elements of type '" + descr.group(2) + descr.group(3) + "'",
                        "numbers and bools are read; objects, strings and records are not"));
        boolean fortran = found(ORDER, header, "an order").group(1).equals("True");
        Shape shape = shape(found(SHAPE, header, "a shape").group(1));
        long expected = (long) shape.size() * type.bytes();
        if (elements.remaining() != expected) {
            throw refused(
                    "has " + elements.remaining() + " bytes of elements, and shape " + shape + " of " + type.label()
                            + " takes " + expected,
                    "");
        }
        byte[] bytes = new byte[elements.remaining()];
        elements.get(bytes);
        if (descr.group(1).equals(">")) {
            turn(bytes, type.bytes());
        }
        if (type == ElementType.BOOL) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (bytes[i] == 0 ? 0 : 1);
            }
        }
        return Tensor.ofBytes(type, shape, fortran ? rowMajor(bytes, shape, type.bytes()) : bytes);
    }

    private Matcher found(Pattern pattern, String header, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw refused("has a header without " + what, "objects, strings and records are not read");
        }
        return matcher;
    }

    private Shape shape(String text) {
        List<Integer> dims = new ArrayList<>();
        for (String dim : text.split(",")) {
            if (!dim.isBlank()) {
                if (dim.strip().length() > 9 || dims.size() >= HIGHEST_RANK) {
                    throw refused("has the shape (" + text + ")", "tensors of this suite are smaller");
                }
                dims.add(Integer.parseInt(dim.strip()));
            }
        }
        return new Shape(dims);
    }

    /** From the other byte order. */
    private static void turn(byte[] bytes, int width) {
        for (int at = 0; at < bytes.length; at += width) {
            for (int i = 0; i < width / 2; i++) {
                byte other = bytes[at + i];
                bytes[at + i] = bytes[at + width - 1 - i];
                bytes[at + width - 1 - i] = other;
            }
        }
    }

    /** From the order in which the first axis runs fastest. */
    private static byte[] rowMajor(byte[] from, Shape shape, int width) {
        byte[] to = new byte[from.length];
        int[] index = new int[shape.rank()];
        int[] steps = new int[shape.rank()];
        int step = 1;
        for (int axis = 0; axis < steps.length; axis++) {
            steps[axis] = step;
            step *= shape.dim(axis);
        }
        for (int i = 0; i < shape.size(); i++) {
            int at = 0;
            for (int axis = 0; axis < index.length; axis++) {
                at += index[axis] * steps[axis];
            }
            System.arraycopy(from, at * width, to, i * width, width);
            for (int axis = index.length - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
                index[axis] = 0;
            }
        }
        return to;
    }

    private InputException refused(String why, String fix) {
        return InputException.of(name + " " + why, fix);
    }
}
