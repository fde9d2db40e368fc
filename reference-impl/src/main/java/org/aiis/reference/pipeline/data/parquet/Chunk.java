package org.aiis.reference.pipeline.data.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column in one group of rows.
 *
 * @param optional whether values may be missing
 */
record Chunk(Kind kind, boolean unsigned, boolean optional, int rows) {
    /** Of all pages, unpacked. */
    private static final int MOST_BYTES = 256 << 20;

    private static final int DATA = 0;
    private static final int DICTIONARY = 2;
    private static final int DATA_V2 = 3;
    private static final long PLAIN = 0;
    private static final long PLAIN_DICTIONARY = 2;
    private static final long RLE = 3;
    private static final long RLE_DICTIONARY = 8;

    /** Reads pages until each row has a value, empty where it is missing. */
    List<String> read(ByteBuffer file, Struct column) {
        long data = column.number(9, "place of the first data page", file.limit());
        long start = column.has(11) ? Math.min(data, column.number(11, "place of the dictionary", file.limit())) : data;
        ByteBuffer in = file.duplicate().order(ByteOrder.LITTLE_ENDIAN).position((int) start);
        Codec codec = Codec.of(column.number(4, "compression", 99));
        List<String> values = new ArrayList<>();
        List<String> dictionary = List.of();
        long room = MOST_BYTES;
        while (values.size() < rows) {
            Struct header = Compact.struct(in);
            long type = header.number(1, "type of a page", 99);
            byte[] bytes = bytes(in, header);
            int size = (int) header.number(2, "size of a page", room);
            room -= size;
            if (type == DICTIONARY) {
                Struct about = header.struct(7, "description of a dictionary");
                int count = (int) about.number(1, "number of values", size);
                dictionary = plain(buffer(codec.page(bytes, size)), count);
            } else if (type == DATA) {
                Struct about = header.struct(5, "description of a page");
                int count = (int) about.number(1, "number of values", rows - values.size());
                ByteBuffer page = buffer(codec.page(bytes, size));
                int[] present = null;
                if (optional) {
                    int length = page.remaining() < Integer.BYTES ? -1 : page.getInt();
                    present = levels(page, length, count, about.number(3, "encoding of levels", 99));
                }
                values.addAll(values(page, about.number(2, "encoding", 99), count, present, dictionary));
            } else if (type == DATA_V2) {
                values.addAll(second(
                        header.struct(8, "description of a page"), bytes, size, codec, values.size(), dictionary));
            }
        }
        return values;
    }

    /** Data page of the second version: levels first, never packed. */
    private List<String> second(
            Struct about, byte[] bytes, int size, Codec codec, int before, List<String> dictionary) {
        int count = (int) about.number(1, "number of values", rows - before);
        int levels = (int) about.number(5, "length of levels", bytes.length);
        if (about.number(6, "length of repetitions", bytes.length) != 0 || levels > size) {
            throw new Damage("levels that a flat table does not have");
        }
        int[] present = optional ? levels(buffer(bytes), levels, count, RLE) : null;
        byte[] rest = Arrays.copyOfRange(bytes, levels, bytes.length);
        boolean packed = !about.has(7) || about.number(7, "whether it is packed", 1) == 1;
        ByteBuffer page = buffer(packed ? codec.page(rest, size - levels) : Codec.NONE.page(rest, size - levels));
        return values(page, about.number(4, "encoding", 99), count, present, dictionary);
    }

    /** What stands behind a header, compared with its checksum where it has one. */
    private static byte[] bytes(ByteBuffer in, Struct header) {
        byte[] bytes = new byte[(int) header.number(3, "packed size of a page", in.remaining())];
        in.get(bytes);
        if (header.has(4)) {
            CRC32 check = new CRC32();
            check.update(bytes);
            if ((int) header.signed(4) != (int) check.getValue()) {
                throw new Damage("a page with another checksum than it says");
            }
        }
        return bytes;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** 1 where a value is there. */
    private static int[] levels(ByteBuffer page, int length, int count, long encoding) {
        if (encoding != RLE || length < 0 || length > page.remaining()) {
            throw new Damage("levels of " + length + " bytes in encoding number " + encoding);
        }
        int[] levels = Runs.read(page.slice(page.position(), length), 1, count);
        page.position(page.position() + length);
        if (Arrays.stream(levels).anyMatch(level -> level != 0 && level != 1)) {
            throw new Damage("levels of a table that is not flat");
        }
        return levels;
    }

    private List<String> plain(ByteBuffer page, int count) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(kind.next(page, unsigned));
        }
        return values;
    }

    private List<String> values(
            ByteBuffer page, long encoding, int count, int @Nullable [] present, List<String> dictionary) {
        int there = present == null ? count : Arrays.stream(present).sum();
        List<String> values;
        if (encoding == PLAIN) {
            values = plain(page, there);
        } else if (encoding == PLAIN_DICTIONARY || encoding == RLE_DICTIONARY) {
            values = looked(page, there, dictionary);
        } else {
            throw new Damage("encoding number " + encoding + "; write it plain or with dictionaries");
        }
        if (present == null) {
            return values;
        }
        List<String> all = new ArrayList<>();
        int next = 0;
        for (int level : present) {
            all.add(level == 1 ? values.get(next++) : "");
        }
        return all;
    }

    private static List<String> looked(ByteBuffer page, int count, List<String> dictionary) {
        List<String> values = new ArrayList<>();
        if (count == 0) {
            return values;
        }
        if (!page.hasRemaining()) {
            throw new Damage("fewer values than it says");
        }
        int bits = page.get();
        for (int place : Runs.read(page, bits, count)) {
            if (place < 0 || place >= dictionary.size()) {
                throw new Damage("value " + place + " of a dictionary of " + dictionary.size());
            }
            values.add(dictionary.get(place));
        }
        return values;
    }
}
