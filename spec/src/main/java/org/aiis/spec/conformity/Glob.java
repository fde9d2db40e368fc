package org.aiis.spec.conformity;

/** Patterns over ids: {@code *} stands for any run of characters, everything else for itself. */
public final class Glob {
    private Glob() {}

    public static boolean matches(String glob, String text) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return glob.equals(text);
        }
        String[] parts = glob.split("\\*", -1);
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0]) || text.length() < parts[0].length() + last.length() || !text.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        int end = text.length() - last.length();
        // Each middle part where it first occurs: a later place leaves less room for those behind it.
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }
}
