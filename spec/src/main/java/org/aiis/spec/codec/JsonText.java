package org.aiis.spec.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Canonical JSON put together member by member, for the few messages that are written by the ten thousand: mapping those by
 * way of their classes takes longer than what they are about. The text is what {@link Codec#canonical} makes; tests hold both
 * together.
 */
public final class JsonText {
    private final StringBuilder out = new StringBuilder(512);

    /** Punctuation, names of members, and what is JSON already. */
    public JsonText raw(String json) {
        out.append(json);
        return this;
    }

    public JsonText number(long value) {
        out.append(value);
        return this;
    }

    public JsonText quoted(String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
        return this;
    }

    /** A comma, but at the beginning of an object or a list. */
    private void separate() {
        char last = out.charAt(out.length() - 1);
        if (last != '{' && last != '[') {
            out.append(',');
        }
    }

    public <T> JsonText list(List<T> items, Consumer<T> item) {
        out.append('[');
        for (T one : items) {
            separate();
            item.accept(one);
        }
        out.append(']');
        return this;
    }

    public JsonText numbers(List<Integer> values) {
        return list(values, value -> number(value));
    }

    /** An object of the members in their order, which is that of their names. */
    public <V> JsonText object(Map<String, V> members, Consumer<V> value) {
        out.append('{');
        for (Map.Entry<String, V> member : members.entrySet()) {
            separate();
            quoted(member.getKey()).raw(":");
            value.accept(member.getValue());
        }
        out.append('}');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
