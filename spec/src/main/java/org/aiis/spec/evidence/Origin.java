package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a death of a process comes from, as far as showing its case again has found. */
public enum Origin {
    /** From its case: a fresh process that is shown nothing else dies at it too. */
    OWN,
    /** From its case, but not each time: of several fresh processes that were shown nothing else, some died. */
    SOMETIMES,
    /** From an earlier case: a fresh process dies when it is shown that one first, and lives when it is not. */
    EARLIER,
    /** Not known: neither alone nor behind what its process had been shown did a process die again. */
    NOT_AGAIN,
    /** Not known: the search had no time left, or found no few cases that are enough. */
    UNSEARCHED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
