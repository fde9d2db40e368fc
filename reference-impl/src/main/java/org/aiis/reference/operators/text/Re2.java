package org.aiis.reference.operators.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.aiis.reference.operators.Call;

/**
 * An expression in the syntax of RE2, brought to that of java.util.regex where both mean the same, and refused elsewhere:
 * Unicode classes, flags, classes within classes, what RE2 lacks (references back, looking around,
 * possessive and atomic forms). A word boundary is spelt out, since that of Java looks at more than ASCII. Lengths, nesting and the number of characters looked at are bounded, since the matcher of
 * Java goes back and forth.
 */
final class Re2 {
    private static final int LONGEST_PATTERN = 1000;
    private static final int LONGEST_TEXT = 1000;
    private static final int DEEPEST = 50;
    private static final int MOST_REPEATED = 1000;
    private static final String SPACE = "\\t\\n\\f\\r ";
    private static final Pattern COUNT = Pattern.compile("\\{(\\d+)(,(\\d*))?}");

    private final Call call;
    private final String source;
    private final StringBuilder java = new StringBuilder();
    private int at;

    private Re2(Call call, String source) {
        this.call = call;
        this.source = source;
    }

    static Pattern compile(Call call, String source) {
        if (source.length() > LONGEST_PATTERN) {
            throw call.refusal("the pattern has more than " + LONGEST_PATTERN + " characters");
        }
        Re2 re2 = new Re2(call, source);
        re2.translate();
        try {
            // UNIX_LINES: like RE2, only \n is kept from the dot.
            return Pattern.compile(re2.java.toString(), Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw call.refusal("the pattern is invalid: " + e.getDescription());
        }
    }

    static boolean matches(Call call, Pattern pattern, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw call.refusal("a string has more than " + LONGEST_TEXT + " characters");
        }
        return pattern.matcher(new Counted(call, text)).matches();
    }

    /** A text that takes each look at a character off what the run may do. */
    private record Counted(Call call, String text) implements CharSequence {
        private static final int LOOK = 1 << 8;

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            call.spend(LOOK);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(call, text.substring(start, end));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private void translate() {
        int depth = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> {
                    if (++depth > DEEPEST) {
                        throw call.refusal("groups of the pattern are nested deeper than " + DEEPEST);
                    }
                    group();
                }
                case '*', '+', '?', '{' -> repetition(c);
                case '^' -> take("\\A");
                case '$' -> take("\\z");
                default -> {
                    depth -= c == ')' ? 1 : 0;
                    take(String.valueOf(c));
                }
            }
        }
    }

    private void take(String text) {
        java.append(text);
        at++;
    }

    private void group() {
        if (source.startsWith("(?P<", at)) {
            java.append("(?<");
            at += 4;
        } else if (source.startsWith("(?:", at)) {
            java.append("(?:");
            at += 3;
        } else if (source.startsWith("(?", at)) {
            throw call.refusal("a group of the pattern begins with '(?' and is neither '(?:' nor '(?P<'");
        } else {
            take("(");
        }
    }

    private void repetition(char c) {
        if (c == '{') {
            Matcher count = COUNT.matcher(source).region(at, source.length());
            if (!count.lookingAt()) {
                throw call.refusal("a brace of the pattern is no repetition");
            }
            if (!small(count.group(1)) || count.group(3) != null && !small(count.group(3))) {
                throw call.refusal("a repetition of the pattern is larger than " + MOST_REPEATED);
            }
            java.append(count.group());
            at = count.end();
        } else {
            take(String.valueOf(c));
        }
        if (at < source.length() && source.charAt(at) == '?') {
            take("?");
        }
        if (at < source.length() && "*+?{".indexOf(source.charAt(at)) >= 0) {
            throw call.refusal("a repetition of the pattern is repeated");
        }
    }

    private static boolean small(String digits) {
        return digits.isEmpty() || digits.length() <= 4 && Integer.parseInt(digits) <= MOST_REPEATED;
    }

    private void escape(boolean inClass) {
        if (at + 1 >= source.length()) {
            throw call.refusal("the pattern ends in a backslash");
        }
        char c = source.charAt(at + 1);
        boolean punctuation = c < 128 && !Character.isLetterOrDigit(c) && !Character.isISOControl(c);
        if (c == 's') {
            java.append(inClass ? SPACE : "[" + SPACE + "]");
        } else if (c == 'S' && !inClass) {
            java.append("[^" + SPACE + "]");
        } else if (c == 'b' && !inClass) {
            java.append("(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))");
        } else if ("dDwWtnrf".indexOf(c) >= 0 || "Az".indexOf(c) >= 0 && !inClass || punctuation) {
            java.append('\\').append(c);
        } else {
            throw call.refusal("the pattern has the escape '\\" + c + "', which the oracle does not know");
        }
        at += 2;
    }

    private void characterClass() {
        take("[");
        if (at < source.length() && source.charAt(at) == '^') {
            take("^");
        }
        if (at < source.length() && source.charAt(at) == ']') {
            take("\\]");
        }
        while (at < source.length() && source.charAt(at) != ']') {
            char c = source.charAt(at);
            if (c == '[' && at + 1 < source.length() && source.charAt(at + 1) == ':') {
                throw call.refusal("the pattern has a class with a name");
            }
            switch (c) {
                case '\\' -> escape(true);
                case '[', '&', '^' -> take("\\" + c);
                default -> take(String.valueOf(c));
            }
        }
        if (at == source.length()) {
            throw call.refusal("a class of the pattern has no end");
        }
        take("]");
    }
}
