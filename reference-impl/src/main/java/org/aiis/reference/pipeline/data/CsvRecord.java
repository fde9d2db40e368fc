package org.aiis.reference.pipeline.data;

import java.util.List;
import java.util.Locale;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/**
 * A record of a CSV file. Numbers are read when they are asked for, so that an error names line and column.
 *
 * @param line where it begins, the first line being 1
 */
public record CsvRecord(String origin, long line, List<String> columns, List<String> fields) {
    private static final int SHOWN = 40;
    private static final int LONGEST_NUMBER = 32;

    public CsvRecord {
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
    }

    /** The text of a column. */
    public String text(String column) {
        return fields.get(place(column));
    }

    /** One of the words that a column may hold, by its place among them. */
    public int oneOf(String column, List<String> words) {
        int found = words.indexOf(text(column));
        if (found < 0) {
            throw wrong(column, "one of its known words; " + Nearest.hint(text(column), words));
        }
        return found;
    }

    /** A whole number within bounds, both included. */
    public long whole(String column, long least, long most) {
        String text = text(column);
        String expected = "a whole number from " + least + " to " + most;
        if (text.isEmpty() || text.length() > 19 || !text.matches("-?[0-9]+")) {
            throw wrong(column, expected);
        }
        try {
            long value = Long.parseLong(text);
            if (value < least || value > most) {
                throw wrong(column, expected);
            }
            return value;
        } catch (NumberFormatException e) {
            throw wrong(column, expected);
        }
    }

    /** A finite decimal number within bounds, both included; NaN where the field is empty, which says that it is missing. */
    public double numberOrMissing(String column, double least, double most) {
        String text = text(column);
        if (text.isEmpty()) {
            return Double.NaN;
        }
        String expected = String.format(Locale.ROOT, "a number from %s to %s, or nothing", least, most);
        if (text.length() > LONGEST_NUMBER || !text.matches("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?")) {
            throw wrong(column, expected);
        }
        double value = Double.parseDouble(text);
        if (!(value >= least && value <= most)) {
            throw wrong(column, expected);
        }
        return value;
    }

    private InputException wrong(String column, String expected) {
        return InputException.at(origin, line, "in column '" + column + "' " + expected, quoted(text(column)));
    }

    private int place(String column) {
        int place = columns.indexOf(column);
        if (place < 0) {
            throw new IllegalArgumentException("no column " + column + " among " + columns);
        }
        return place;
    }

    /** Text from outside as it is shown in an error: short, and without what a terminal would obey. */
    static String quoted(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "'" + shown.replaceAll("[\\p{Cntrl}]", "?") + "'";
    }
}
