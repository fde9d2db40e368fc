package org.aiis.conformance.selftest;

/** What a check found against the protocol; it ends the check, and the process that it was seen on. */
final class Deviation extends Exception {
    private static final long serialVersionUID = 1L;

    Deviation(String found) {
        super(found);
    }
}
