package org.aiis.conformance.cli;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    /** From JDK 22 on a console is there even without a terminal; then only its own word counts. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean watched() {
        return System.console() != null && System.getenv("TERM") != null && System.getenv("CI") == null;
    }
}
