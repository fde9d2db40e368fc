package org.aiis.spec.standard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The verbal form of a requirement, as ISO/IEC Directives Part 2 uses them. */
public enum Level {
    SHALL,
    SHOULD,
    MAY;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
