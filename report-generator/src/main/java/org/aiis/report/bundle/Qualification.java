package org.aiis.report.bundle;

/**
 * How good the suite itself is, as it was measured before the run: what a verdict of its catalogue is worth. A count of 0
 * pairs, mutants or tensors says that the part was not measured.
 */
public record Qualification(Panel panel, Mutants mutants, FalseFail falseFail) {
    /** Nothing was measured. */
    public static final Qualification NONE =
            new Qualification(new Panel("", 0, 0, 0, 0, 0), new Mutants("", 0, 0), new FalseFail(0, 0));

    /**
     * Faulty and right implementations shown to the catalogue.
     *
     * @param catalogue digest of the catalogue that they were shown to
     * @param applicable operator × fault pairs that show
     * @param found those of them that a case noticed
     * @param rejected right variants × cases that were failed
     */
    public record Panel(String catalogue, int faults, int variants, int applicable, int found, int rejected) {}

    /** Mutants of the oracle's operators, and how many of them a case failed. */
    public record Mutants(String catalogue, int mutants, int killed) {}

    /** Upper bound, at 95 %, on the probability that a right implementation fails a run of so many dot products. */
    public record FalseFail(int tensors, double measured) {}
}
