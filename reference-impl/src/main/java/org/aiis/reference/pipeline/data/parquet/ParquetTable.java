package org.aiis.reference.pipeline.data.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.aiis.reference.pipeline.data.CsvLimits;
import org.aiis.reference.pipeline.data.CsvRecord;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * A flat table in a Parquet file, as the records of a CSV file with the same columns, so that both are checked by the same rules and errors
 * name row and column alike. Rows count from 1. Columns may come in any order; one that is not asked for is refused. Packed with Snappy,
 * GZIP or not at all; plain or with dictionaries, which is what writers do where nothing else is asked of them.
 */
public final class ParquetTable implements Iterator<CsvRecord> {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final int TAIL = Integer.BYTES + 4;
    private static final int MOST_BYTES = 256 << 20;
    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;

    private final ByteBuffer file;
    private final String origin;
    private final CsvLimits limits;
    private final List<String> columns;
    private final List<Struct> schema;
    private final Iterator<Struct> groups;
    private List<List<String>> values = List.of();
    private int next;
    private long row;

    private ParquetTable(ByteBuffer file, String origin, CsvLimits limits, List<String> columns) {
        this.file = file;
        this.origin = origin;
        this.limits = limits;
        this.columns = List.copyOf(columns);
        try {
            Struct footer = footer(file);
            this.schema = flat(footer);
            long rows = footer.number(3, "number of rows", limits.records());
            List<Struct> parts = footer.structs(4, "groups of rows");
            long sum = parts.stream()
                    .mapToLong(part -> part.number(3, "number of rows of a group", rows))
                    .sum();
            if (sum != rows) {
                throw new Damage("groups of " + sum + " rows in all where " + rows + " are told");
            }
            this.groups = parts.iterator();
        } catch (Damage e) {
            throw wrong(0, e);
        }
    }

    /**
     * Reads the footer, which has to name exactly the columns asked for, in any order.
     *
     * @param origin names the file in errors
     */
    public static ParquetTable open(Bytes file, String origin, CsvLimits limits, List<String> columns) {
        if (file.size() > MOST_BYTES) {
            throw InputException.at(origin, 0, "at most " + MOST_BYTES + " bytes", "" + file.size());
        }
        return new ParquetTable(file.view().order(ByteOrder.LITTLE_ENDIAN), origin, limits, columns);
    }

    private static Struct footer(ByteBuffer file) {
        int end = file.limit() - TAIL;
        if (end < MAGIC.length
                || !file.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                || !file.slice(file.limit() - MAGIC.length, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new Damage("no Parquet file: it does not begin and end with PAR1");
        }
        int length = file.getInt(end);
        if (length < 0 || length > end - MAGIC.length) {
            throw new Damage("a footer of " + Integer.toUnsignedString(length) + " bytes");
        }
        return Compact.struct(file.slice(end - length, length));
    }

    /** The elements of the schema without its root, in the order of the columns asked for. */
    private List<Struct> flat(Struct footer) {
        List<Struct> all = footer.structs(2, "schema");
        List<Struct> leaves = all.subList(Math.min(1, all.size()), all.size());
        if (leaves.stream().anyMatch(e -> e.has(5) || !e.has(1) || e.number(3, "repetition", 2) > OPTIONAL)) {
            throw new Damage("a table with columns within columns; write a flat one");
        }
        List<String> names =
                leaves.stream().map(e -> e.text(4, "name of a column")).toList();
        if (!names.stream().sorted().toList().equals(columns.stream().sorted().toList())) {
            throw new Damage("the columns " + shown(names) + " where " + columns + " are needed");
        }
        leaves.forEach(Kind::of);
        return leaves;
    }

    private static String shown(List<String> names) {
        String all = names.toString().replaceAll("[\\p{Cntrl}]", "?");
        return all.length() > 200 ? all.substring(0, 200) + "…" : all;
    }

    private InputException wrong(int column, Damage found) {
        String where = column == 0 ? "" : ": column '" + columns.get(column - 1) + "'";
        return InputException.of(
                origin + where + ": expected a flat table in a whole Parquet file, found " + found.getMessage(), "");
    }

    @Override
    public boolean hasNext() {
        while (next >= (values.isEmpty() ? 0 : values.get(0).size())) {
            if (!groups.hasNext()) {
                return false;
            }
            values = group(groups.next());
            next = 0;
        }
        return true;
    }

    @Override
    public CsvRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<String> fields = new ArrayList<>();
        values.forEach(column -> fields.add(column.get(next)));
        next++;
        return new CsvRecord(origin, ++row, columns, fields);
    }

    private List<List<String>> group(Struct group) {
        List<List<String>> read = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            try {
                int rows = (int) group.number(3, "number of rows of a group", limits.records());
                List<Struct> chunks = group.structs(1, "columns of a group");
                if (chunks.size() != schema.size()) {
                    throw new Damage(chunks.size() + " columns in a group of rows");
                }
                int place = place(columns.get(c));
                Struct element = schema.get(place);
                if (chunks.get(place).has(1)) {
                    throw new Damage("values in another file");
                }
                Struct about = chunks.get(place).struct(3, "description of a column");
                if (about.number(5, "number of values", limits.records()) != rows) {
                    throw new Damage("another number of values than of rows");
                }
                boolean optional = element.number(3, "repetition", 2) != REQUIRED;
                List<String> values =
                        new Chunk(Kind.of(element), Kind.unsigned(element), optional, rows).read(file, about);
                if (values.stream().anyMatch(value -> value.length() > limits.field())) {
                    throw new Damage("a text of more than " + limits.field() + " characters");
                }
                read.add(values);
            } catch (Damage e) {
                throw wrong(c + 1, e);
            }
        }
        return read;
    }

    private int place(String column) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.get(i).text(4, "name of a column").equals(column)) {
                return i;
            }
        }
        throw new Damage("no such column");
    }
}
