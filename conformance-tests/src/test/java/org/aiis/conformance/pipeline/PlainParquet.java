package org.aiis.conformance.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes a flat table as a Parquet file, from the format's own text (Apache Parquet, parquet.thrift, and Thrift's compact protocol): plain
 * values, not packed, one page a column and group of rows. Its files have been read by pyarrow 26 as the tables that they are.
 *
 * @param columns their names, in the order in which they stand in the file
 * @param wholes those of int64; of the others {@code texts} are strings, and the rest are doubles of which some may be missing
 */
record PlainParquet(List<String> columns, Set<String> wholes, Set<String> texts) {
    private static final int ROWS_OF_A_GROUP = 100_000;
    private static final int INT32 = 5;
    private static final int INT64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    PlainParquet {
        columns = List.copyOf(columns);
        wholes = Set.copyOf(wholes);
        texts = Set.copyOf(texts);
    }

    /** Rows of as many fields as there are columns, as a CSV file has them; empty where missing. */
    byte[] write(List<List<String>> rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(MAGIC);
        List<Thrift> groups = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ROWS_OF_A_GROUP) {
            groups.add(group(file, rows.subList(from, Math.min(rows.size(), from + ROWS_OF_A_GROUP))));
        }
        List<Thrift> schema = new ArrayList<>();
        schema.add(new Thrift().text(4, "schema").number(5, INT32, columns.size()));
        for (String column : columns) {
            Thrift element = new Thrift().number(1, INT32, type(column)).number(3, INT32, optional(column) ? 1 : 0);
            element.text(4, column);
            schema.add(texts.contains(column) ? element.number(6, INT32, 0) : element);
        }
        byte[] footer = new Thrift()
                .number(1, INT32, 1)
                .structs(2, schema)
                .number(3, INT64, rows.size())
                .structs(4, groups)
                .bytes();
        file.writeBytes(footer);
        file.writeBytes(little(Integer.BYTES).putInt(footer.length).array());
        file.writeBytes(MAGIC);
        return file.toByteArray();
    }

    private int type(String column) {
        return wholes.contains(column) ? 2 : texts.contains(column) ? 6 : 5;
    }

    private boolean optional(String column) {
        return !wholes.contains(column) && !texts.contains(column);
    }

    private Thrift group(ByteArrayOutputStream file, List<List<String>> rows) {
        List<Thrift> chunks = new ArrayList<>();
        long sum = 0;
        for (int c = 0; c < columns.size(); c++) {
            int at = c;
            byte[] page =
                    page(columns.get(c), rows.stream().map(row -> row.get(at)).toList());
            byte[] header = new Thrift()
                    .number(1, INT32, 0)
                    .number(2, INT32, page.length)
                    .number(3, INT32, page.length)
                    .struct(
                            5,
                            new Thrift()
                                    .number(1, INT32, rows.size())
                                    .number(2, INT32, 0)
                                    .number(3, INT32, 3)
                                    .number(4, INT32, 3))
                    .bytes();
            long place = file.size();
            long size = header.length + page.length;
            sum += size;
            chunks.add(new Thrift()
                    .number(2, INT64, place)
                    .struct(
                            3,
                            new Thrift()
                                    .number(1, INT32, type(columns.get(c)))
                                    .numbers(2, 0, 3)
                                    .texts(3, columns.get(c))
                                    .number(4, INT32, 0)
                                    .number(5, INT64, rows.size())
                                    .number(6, INT64, size)
                                    .number(7, INT64, size)
                                    .number(9, INT64, place)));
            file.writeBytes(header);
            file.writeBytes(page);
        }
        return new Thrift().structs(1, chunks).number(2, INT64, sum).number(3, INT64, rows.size());
    }

    /** Which values there are, one bit each, where some may be missing; then those. */
    private byte[] page(String column, List<String> fields) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (optional(column)) {
            Thrift levels = new Thrift();
            int groups = (fields.size() + 7) / 8;
            levels.plain(2L * groups + 1);
            byte[] bits = new byte[groups];
            for (int i = 0; i < fields.size(); i++) {
                bits[i / 8] |= (byte) (fields.get(i).isEmpty() ? 0 : 1 << i % 8);
            }
            byte[] length = levels.open();
            page.writeBytes(little(Integer.BYTES).putInt(length.length + groups).array());
            page.writeBytes(length);
            page.writeBytes(bits);
        }
        for (String field : fields) {
            if (wholes.contains(column)) {
                page.writeBytes(
                        little(Long.BYTES).putLong(Long.parseLong(field)).array());
            } else if (texts.contains(column)) {
                byte[] text = field.getBytes(StandardCharsets.UTF_8);
                page.writeBytes(little(Integer.BYTES).putInt(text.length).array());
                page.writeBytes(text);
            } else if (!field.isEmpty()) {
                page.writeBytes(little(Double.BYTES)
                        .putDouble(Double.parseDouble(field))
                        .array());
            }
        }
        return page.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A struct in the compact protocol: fields in rising order. */
    private static final class Thrift {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int last;

        Thrift number(int field, int type, long value) {
            head(field, type);
            zigzag(value);
            return this;
        }

        Thrift text(int field, String text) {
            head(field, BINARY);
            text(text);
            return this;
        }

        Thrift struct(int field, Thrift value) {
            head(field, STRUCT);
            out.writeBytes(value.bytes());
            return this;
        }

        Thrift structs(int field, List<Thrift> values) {
            list(field, STRUCT, values.size());
            values.forEach(value -> out.writeBytes(value.bytes()));
            return this;
        }

        Thrift numbers(int field, long... values) {
            list(field, INT32, values.length);
            for (long value : values) {
                zigzag(value);
            }
            return this;
        }

        Thrift texts(int field, String value) {
            list(field, BINARY, 1);
            text(value);
            return this;
        }

        private void head(int field, int type) {
            out.write(field - last << 4 | type);
            last = field;
        }

        private void list(int field, int type, int size) {
            head(field, LIST);
            if (size < 15) {
                out.write(size << 4 | type);
            } else {
                out.write(15 << 4 | type);
                plain(size);
            }
        }

        private void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            plain(bytes.length);
            out.writeBytes(bytes);
        }

        private void zigzag(long value) {
            plain(value << 1 ^ value >> 63);
        }

        /** Seven bits a byte. */
        void plain(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] open() {
            return out.toByteArray();
        }

        byte[] bytes() {
            out.write(0);
            return out.toByteArray();
        }
    }
}
