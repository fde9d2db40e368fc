package org.aiis.spec.testing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How wrong outputs are wrong: what a fault leaves behind in them. The first twelve point at one kind of fault wherever they
 * are seen; the last two say only how much is wrong.
 */
public enum ErrorPattern {
    NAMES("outputs under other names"),
    TYPE("another element type"),
    SHAPE("another shape"),
    NAN_LOST("NaN lost"),
    NAN_MADE("NaN where a number is right"),
    SATURATED("a finite number where an infinity or a larger one is right"),
    OVERFLOWED("an infinity where a finite number is right"),
    ZERO_SIGN("sign of zero"),
    FLUSHED("zero where a subnormal number is right"),
    TAIL("the tail only"),
    ZEROS("zeros"),
    ROUNDING("off by rounding"),
    SOME("some elements"),
    ALL("all elements");

    private final String words;

    ErrorPattern(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether it is about special values and names: few elements can show it, and few faults do. */
    public boolean special() {
        return switch (this) {
            case NAMES, TYPE, NAN_LOST, NAN_MADE, SATURATED, OVERFLOWED, ZERO_SIGN, FLUSHED -> true;
            case SHAPE, TAIL, ZEROS, ROUNDING, SOME, ALL -> false;
        };
    }

    /** Whether it says how much is wrong and not how. */
    public boolean general() {
        return this == SOME || this == ALL;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
