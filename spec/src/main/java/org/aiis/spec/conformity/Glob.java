package org.aiis.spec.conformity;

import java.util.regex.Pattern;

/** Patterns over ids: {@code *} stands for any run of characters, everything else for itself. */
public final class Glob {
    private Glob() {}

    public static boolean matches(String glob, String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(regex.toString(), text);
    }
}
