package org.aiis.conformance.selftest;

/**
 * One thing that the protocol demands of a worker.
 *
 * @param name {@code frames/wrong-crc}
 * @param section of spec/worker-protocol.md
 * @param rule what that section says, in a few words
 */
record Check(String name, String section, String rule, Examination examination) {
    /** Looks at a worker. */
    @FunctionalInterface
    interface Examination {
        /** @return empty when all is well, or why it could not be seen */
        Result on(Bench bench) throws Deviation;
    }

    /** What came of it. */
    sealed interface Result {
        Result PASSED = new Passed();

        record Passed() implements Result {}

        /** The worker cannot show this; nothing was seen. */
        record Skipped(String reason) implements Result {}

        record Failed(String found) implements Result {}
    }
}
