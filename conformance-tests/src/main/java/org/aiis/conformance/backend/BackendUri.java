package org.aiis.conformance.backend;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;

/**
 * A backend as it is asked for, {@code ort:cuda?device_id=0&library-path=/opt/ort}: what it is, and its options. The same options
 * may come apart from it ({@code --option}, the IXIT); said twice they have to be the same.
 *
 * @param name without options: {@code ort:cuda}, {@code cpu}, {@code faulty:NAME}
 */
public record BackendUri(String name, SortedMap<String, String> options) {
    /** Before the command of a program that speaks the worker protocol: its question marks are its own. */
    private static final String FOREIGN = "exec:";

    public BackendUri {
        options = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Takes the options off, and puts those that were given apart beside them. */
    public static BackendUri of(String uri, SortedMap<String, String> apart) {
        int mark = uri.startsWith(FOREIGN) ? -1 : uri.indexOf('?');
        SortedMap<String, String> options = new TreeMap<>(apart);
        if (mark < 0) {
            return new BackendUri(uri, options);
        }
        SortedMap<String, String> own = new TreeMap<>();
        for (String option : uri.substring(mark + 1).split("&", -1)) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw InputException.at(
                        "backend " + uri, 0, "options as NAME=VALUE with & between", "'" + option + "'");
            }
            String name = decoded(uri, option.substring(0, equals));
            if (own.put(name, decoded(uri, option.substring(equals + 1))) != null) {
                throw InputException.of("backend " + uri + ": option '" + name + "' is there twice", "leave one");
            }
        }
        own.forEach((name, value) -> {
            String other = options.put(name, value);
            if (other != null && !other.equals(value)) {
                throw InputException.of(
                        "option '" + name + "' is '" + value + "' in the backend and '" + other + "' beside it",
                        "leave one");
            }
        });
        return new BackendUri(uri.substring(0, mark), options);
    }

    /** Percent signs as in a URI; a plus stays a plus, since versions and paths have it. */
    private static String decoded(String uri, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw InputException.at("backend " + uri, 0, "% and two hexadecimal digits", "'" + text + "'");
        }
    }

    /** The same with one option set: what is asked for beside it, to compare with. */
    public BackendUri with(String option, String value) {
        SortedMap<String, String> changed = new TreeMap<>(options);
        changed.put(option, value);
        return new BackendUri(name, changed);
    }
}
