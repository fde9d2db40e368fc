package org.aiis.spec.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.protocol.Attachments.Reference;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;

/**
 * Headers from their text. What {@link HeaderWriter} writes member by member is read so too, where it stands in just that form
 * and order and needs no escapes. Everything else, right or wrong, is read by {@link Codec}, which names what is wrong.
 */
final class HeaderReader {
    /** So many digits that no number overflows. */
    private static final int MOST_DIGITS = 9;

    private static final NodePlacement.State[] STATES = NodePlacement.State.values();

    /** The text is not of the form that is read here; without a trace, which nobody would see. */
    private static final class Other extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Other() {
            super("not the usual form", null, false, false);
        }
    }

    private final String text;
    private int at;

    private HeaderReader(String text) {
        this.text = text;
    }

    static RequestHeader.Numbered request(String text) throws ProtocolViolation {
        try {
            return new HeaderReader(text).request();
        } catch (Other | InputException e) {
            return general(text, RequestHeader.Numbered.class);
        }
    }

    static AnswerHeader.Numbered answer(String text) throws ProtocolViolation {
        try {
            return new HeaderReader(text).answer();
        } catch (Other | InputException e) {
            return general(text, AnswerHeader.Numbered.class);
        }
    }

    private static <T> T general(String text, Class<T> type) throws ProtocolViolation {
        try {
            return Codec.json(text, type, "header", 1);
        } catch (InputException e) {
            throw new ProtocolViolation(e.getMessage() == null ? "malformed header" : e.getMessage(), e);
        }
    }

    private RequestHeader.Numbered request() {
        require("{\"id\":");
        int id = number();
        require(",\"request\":{\"step\":\"");
        RequestHeader header;
        if (take("load\",\"bytes\":")) {
            int bytes = number();
            require(",\"model\":");
            String model = quoted();
            boolean profiled = take(",\"profiled\":true");
            if (!profiled) {
                require(",\"profiled\":false");
            }
            header = new RequestHeader.Load(model, bytes, profiled, Optional.empty());
        } else if (take("run\",\"fetch\":[")) {
            List<String> fetch = new ArrayList<>();
            while (!take("]")) {
                separate(fetch.isEmpty());
                fetch.add(quoted());
            }
            require(",\"inputs\":{");
            SortedMap<String, Reference> inputs = references();
            require(",\"keep\":{");
            SortedMap<String, String> keep = texts();
            require(",\"kept\":{");
            SortedMap<String, String> kept = texts();
            require(",\"model\":");
            header = new RequestHeader.Run(quoted(), inputs, kept, keep, fetch);
        } else if (take("describe\",\"protocol\":")) {
            header = new RequestHeader.Describe(number());
        } else {
            require("close\",\"model\":");
            header = new RequestHeader.Close(quoted());
        }
        require("}}");
        end();
        return new RequestHeader.Numbered(id, header);
    }

    private AnswerHeader.Numbered answer() {
        require("{\"answer\":{\"kind\":\"");
        AnswerHeader header;
        if (take("outputs\",\"placement\":[")) {
            List<NodePlacement> placement = placement();
            require(",\"values\":{");
            header = new AnswerHeader.Outputs(references(), placement);
        } else if (take("rejected\",\"code\":")) {
            String code = quoted();
            require(",\"message\":");
            String message = quoted();
            require(",\"phase\":");
            header = new AnswerHeader.Rejected(named(Observation.Phase.values()), code, message);
        } else {
            require("not-driven\",\"reason\":");
            header = new AnswerHeader.NotDriven(quoted());
        }
        require("},\"id\":");
        int id = number();
        require("}");
        end();
        return new AnswerHeader.Numbered(id, header);
    }

    private List<NodePlacement> placement() {
        List<NodePlacement> nodes = new ArrayList<>();
        while (!take("]")) {
            separate(nodes.isEmpty());
            require("{\"by\":");
            String by = quoted();
            require(",\"node\":");
            String node = quoted();
            require(",\"state\":");
            nodes.add(new NodePlacement(node, named(STATES), by));
            require("}");
        }
        return nodes;
    }

    private SortedMap<String, Reference> references() {
        TreeMap<String, Reference> members = new TreeMap<>();
        while (!take("}")) {
            String name = name(members);
            require(":{\"attachment\":");
            int attachment = number();
            require(",\"shape\":[");
            List<Integer> dims = new ArrayList<>();
            while (!take("]")) {
                separate(dims.isEmpty());
                dims.add(number());
            }
            require(",\"type\":");
            members.put(name, new Reference(ElementType.of(quoted()), new Shape(dims), attachment));
            require("}");
        }
        return members;
    }

    private SortedMap<String, String> texts() {
        TreeMap<String, String> members = new TreeMap<>();
        while (!take("}")) {
            String name = name(members);
            require(":");
            members.put(name, quoted());
        }
        return members;
    }

    /** Of the next member: names rise, so that none is given twice. */
    private String name(NavigableMap<String, ?> before) {
        separate(before.isEmpty());
        String name = quoted();
        if (!before.isEmpty() && before.lastKey().compareTo(name) >= 0) {
            throw new Other();
        }
        return name;
    }

    private <E extends Enum<E>> E named(E[] values) {
        String name = quoted();
        for (E value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw new Other();
    }

    private boolean take(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    private void require(String expected) {
        if (!take(expected)) {
            throw new Other();
        }
    }

    private void separate(boolean first) {
        if (!first) {
            require(",");
        }
    }

    private void end() {
        if (at != text.length()) {
            throw new Other();
        }
    }

    /** Text without escapes, and without characters that JSON asks to be escaped. */
    private String quoted() {
        require("\"");
        int begin = at;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return text.substring(begin, at - 1);
            } else if (c == '\\' || c < ' ') {
                throw new Other();
            }
        }
        throw new Other();
    }

    /** Without a sign and without leading zeros. */
    private int number() {
        int begin = at;
        int value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = 10 * value + text.charAt(at++) - '0';
            if (at - begin > MOST_DIGITS) {
                throw new Other();
            }
        }
        if (at == begin || text.charAt(begin) == '0' && at - begin > 1) {
            throw new Other();
        }
        return value;
    }
}
