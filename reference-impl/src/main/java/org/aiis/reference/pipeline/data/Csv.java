package org.aiis.reference.pipeline.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;

/**
 * Reads records of a CSV file one by one, as RFC 4180 writes them: fields divided by commas, records by LF or CR LF, a field in
 * double quotes may hold both, and two quotes in it are one. The first record names the columns; every other has as many fields.
 * Nothing is guessed: no other separators, no trimmed spaces. What is wrong is refused with line and column, and a file can
 * neither take memory nor time without bound, since fields, columns and records are counted against {@link CsvLimits}.
 */
public final class Csv {
    private static final int END = -1;

    private final Reader in;
    private final String origin;
    private final CsvLimits limits;
    private final List<String> columns;
    private long line = 1;
    private long records;
    private int next;

    private Csv(Reader in, String origin, CsvLimits limits) throws IOException {
        this.in = in;
        this.origin = origin;
        this.limits = limits;
        this.next = in.read();
        this.columns = List.of();
    }

    private Csv(Csv opened, List<String> columns) {
        this.in = opened.in;
        this.origin = opened.origin;
        this.limits = opened.limits;
        this.columns = columns;
        this.line = opened.line;
        this.next = opened.next;
    }

    /**
     * Reads the first record, which has to name exactly the columns asked for, in their order.
     *
     * @param origin names the file in errors
     */
    public static Csv open(Reader in, String origin, CsvLimits limits, List<String> columns) {
        try {
            Csv opened = new Csv(in, origin, limits);
            List<String> found = opened.fields();
            if (!found.equals(columns)) {
                throw InputException.at(origin, 1, "the columns " + columns, CsvRecord.quoted(found.toString()));
            }
            return new Csv(opened, List.copyOf(columns));
        } catch (IOException e) {
            throw InputException.because(origin + ": cannot be read", e);
        }
    }

    /** The next record, or none at the end of the file. */
    public Optional<CsvRecord> next() {
        try {
            if (next == END) {
                return Optional.empty();
            }
            long at = line;
            if (++records > limits.records()) {
                throw InputException.at(origin, at, "at most " + limits.records() + " records", "one more");
            }
            List<String> fields = fields();
            if (fields.size() != columns.size()) {
                throw InputException.at(origin, at, columns.size() + " fields", Integer.toString(fields.size()));
            }
            return Optional.of(new CsvRecord(origin, at, columns, fields));
        } catch (IOException e) {
            throw InputException.because(origin + ":" + line + ": cannot be read", e);
        }
    }

    /** The records that are left, one after another. */
    public Iterator<CsvRecord> rest() {
        return Stream.generate(this::next)
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow)
                .iterator();
    }

    private List<String> fields() throws IOException {
        List<String> fields = new ArrayList<>();
        long at = line;
        while (true) {
            fields.add(next == '"' ? quoted(fields.size()) : plain(fields.size()));
            if (next != ',') {
                break;
            }
            if (fields.size() >= limits.columns()) {
                throw InputException.at(origin, at, "at most " + limits.columns() + " columns", "one more");
            }
            advance();
        }
        if (next == '\r') {
            advance();
            if (next != '\n') {
                throw InputException.at(origin, at, "LF after CR at the end of a record", found());
            }
        }
        if (next == '\n') {
            advance();
            line++;
        } else if (next != END) {
            throw InputException.at(
                    origin, at, "a comma or the end of the record after column " + fields.size(), found());
        }
        return fields;
    }

    private String plain(int column) throws IOException {
        StringBuilder field = new StringBuilder();
        while (next != ',' && next != '\n' && next != '\r' && next != END) {
            if (next == '"') {
                throw InputException.at(
                        origin,
                        line,
                        "no quote inside column " + (column + 1) + ", which begins without one",
                        "a quote");
            }
            take(field, column);
        }
        return field.toString();
    }

    private String quoted(int column) throws IOException {
        StringBuilder field = new StringBuilder();
        long at = line;
        advance();
        while (true) {
            if (next == END) {
                throw InputException.at(origin, at, "a quote that ends column " + (column + 1), "the end of the file");
            }
            if (next == '"') {
                advance();
                if (next != '"') {
                    return field.toString();
                }
            }
            line += next == '\n' ? 1 : 0;
            take(field, column);
        }
    }

    private void take(StringBuilder field, int column) throws IOException {
        if (field.length() >= limits.field()) {
            throw InputException.at(
                    origin, line, "at most " + limits.field() + " characters in column " + (column + 1), "more");
        }
        field.append((char) next);
        advance();
    }

    private void advance() throws IOException {
        next = in.read();
    }

    private String found() {
        return next == END ? "the end of the file" : CsvRecord.quoted(String.valueOf((char) next));
    }
}
