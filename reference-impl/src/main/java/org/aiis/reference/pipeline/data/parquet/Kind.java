package org.aiis.reference.pipeline.data.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the elements of a column are, and their text as a CSV file would have it; empty for what is missing, NaN among it. */
enum Kind {
    INT32(1) {
        @Override
        String text(ByteBuffer in, boolean unsigned) {
            int value = in.getInt();
            return unsigned ? Integer.toUnsignedString(value) : Integer.toString(value);
        }
    },
    INT64(2) {
        @Override
        String text(ByteBuffer in, boolean unsigned) {
            long value = in.getLong();
            return unsigned ? Long.toUnsignedString(value) : Long.toString(value);
        }
    },
    FLOAT(4) {
        @Override
        String text(ByteBuffer in, boolean unsigned) {
            float value = in.getFloat();
            return Float.isNaN(value) ? "" : Float.toString(value);
        }
    },
    DOUBLE(5) {
        @Override
        String text(ByteBuffer in, boolean unsigned) {
            double value = in.getDouble();
            return Double.isNaN(value) ? "" : Double.toString(value);
        }
    },
    BYTE_ARRAY(6) {
        @Override
        String text(ByteBuffer in, boolean unsigned) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new Damage("a text of " + Integer.toUnsignedString(length) + " bytes");
            }
            ByteBuffer bytes = in.slice(in.position(), length);
            in.position(in.position() + length);
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            } catch (CharacterCodingException e) {
                throw new Damage("a text that is not UTF-8");
            }
        }
    };

    private static final Set<Integer> UNSIGNED = Set.of(11, 12, 13, 14);

    /** UTF8, ENUM, and integers of 8 to 64 bits. */
    private static final Set<Integer> PLAIN = Set.of(0, 4, 11, 12, 13, 14, 15, 16, 17, 18);

    private static final int STRING = 1;
    private static final int ENUM = 4;
    private static final int INTEGER = 10;

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    /** Little-endian. */
    abstract String text(ByteBuffer in, boolean unsigned);

    /** The next element of a buffer that may end too early. */
    String next(ByteBuffer in, boolean unsigned) {
        try {
            return text(in, unsigned);
        } catch (BufferUnderflowException e) {
            throw new Damage("fewer values than it says");
        }
    }

    /** Of an element of a schema; refused where a number stands for something else, a date say. */
    static Kind of(Struct element) {
        long type = element.number(1, "type of a column", 7);
        for (Kind kind : values()) {
            if (kind.number == type) {
                boolean plain = (!element.has(6) || PLAIN.contains((int) element.number(6, "converted type", 99)))
                        && (!element.has(10)
                                || Set.of(STRING, ENUM, INTEGER)
                                        .contains(element.struct(10, "logical type")
                                                .only()));
                if (!plain) {
                    throw new Damage(
                            "a type that stands for something else, such as a date; write plain numbers and texts");
                }
                return kind;
            }
        }
        throw new Damage("type number " + type + "; write int32, int64, float, double or texts");
    }

    /** Whether integers are without sign. */
    static boolean unsigned(Struct element) {
        if (element.has(10) && element.struct(10, "logical type").has(INTEGER)) {
            return element.struct(10, "logical type").struct(INTEGER, "integer").number(2, "sign", 1) == 0;
        }
        return element.has(6) && UNSIGNED.contains((int) element.number(6, "converted type", 99));
    }
}
