package org.aiis.spec.codec;

/**
 * Wrong input from outside: a file, an option, a model, a bundle. The command line prints the message and no stack
 * trace; it says where, what was expected, what was found, and how to mend it.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private InputException(String message) {
        super(message);
    }

    private InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong, and how to mend it. */
    public static InputException of(String problem, String fix) {
        return new InputException(fix.isEmpty() ? problem : problem + "; " + fix);
    }

    /** What is wrong at a place of a file, with what was expected and found there. */
    public static InputException at(String file, long line, String expected, String found) {
        return new InputException(file + (line > 0 ? ":" + line : "") + ": expected " + expected + ", found " + found);
    }

    /** The same with the exception that told. */
    public static InputException because(String problem, Throwable cause) {
        String told = cause.getMessage();
        return new InputException(
                problem + ": " + (told == null ? cause.getClass().getSimpleName() : told), cause);
    }
}
