package org.aiis.report.view;

import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.Context;

/**
 * Escapes every reference that a template prints, so that no template can forget to; data and drawings have escaped
 * themselves. Signs that would reorder or hide text (controls, bidirectional overrides) are shown as their code point.
 */
final class EscapeReferences implements ReferenceInsertionEventHandler {
    @Override
    public Object referenceInsert(Context context, String reference, Object value) {
        if (value instanceof Embedded data) {
            return data.text();
        }
        return value instanceof Drawing drawing ? drawing.text() : html(String.valueOf(value));
    }

    /** A text as a reader may see it: nothing in it reorders or hides other text. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.append(hidden(c) ? point(c) : Character.toString(c)));
        return out.toString();
    }

    private static String point(int c) {
        return String.format("⟨U+%04X⟩", c);
    }

    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (hidden(c)) {
                        out.append(point(c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }

    private static boolean hidden(int c) {
        return (c < 0x20 && c != '\n' && c != '\t')
                || (c >= 0x7F && c < 0xA0)
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2060 && c <= 0x2069)
                || (c >= 0xD800 && c <= 0xDFFF)
                || c == 0xFEFF;
    }
}
