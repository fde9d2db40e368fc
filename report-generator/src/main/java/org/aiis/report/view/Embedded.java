package org.aiis.report.view;

import org.aiis.spec.codec.Codec;

/**
 * Data in a script element that no browser runs: JSON without a sign that could end the element or open a comment. It is
 * printed as it is, which only this type may be.
 */
record Embedded(String text) {
    Embedded {
        if (text.chars().anyMatch(c -> c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029)) {
            throw new IllegalArgumentException("text that could leave a script element");
        }
    }

    /** A value of maps, lists, texts and numbers. These signs stand in texts only, where JSON has another spelling for them. */
    static Embedded of(Object value) {
        return new Embedded(Codec.canonical(value)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029"));
    }
}
