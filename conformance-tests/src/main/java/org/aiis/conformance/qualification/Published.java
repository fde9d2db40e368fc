package org.aiis.conformance.qualification;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.aiis.conformance.qualification.dots.DotTable;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.bundle.Qualification;
import org.aiis.spec.codec.Codec;

/** The figures in {@code fixtures/qualification} that reports quote. */
public final class Published {
    private static final Path FOLDER = Path.of("fixtures", "qualification");
    public static final Path PANEL = FOLDER.resolve("panel.json");
    public static final Path MUTANTS = FOLDER.resolve("mutants.json");
    private static final Path DOTS = FOLDER.resolve("dots.json");

    private Published() {}

    /**
     * Mutants of the operators.
     *
     * @param every of the mutants every so-manieth was made
     * @param cases how many cases a mutant was shown at most
     * @param byClass killed of all, by class
     * @param undriven classes that no case enters
     * @param causes how many live, by cause
     * @param survivors each that lives
     */
    public record Mutants(
            String catalogue,
            int every,
            int cases,
            int mutants,
            int killed,
            SortedMap<String, String> byClass,
            List<String> undriven,
            SortedMap<String, Integer> causes,
            List<String> survivors) {}

    /** What was measured; a part without a file counts as not measured. */
    public static Qualification read(Home home) {
        Qualification none = Qualification.NONE;
        return new Qualification(
                has(home, PANEL) ? panel(home) : none.panel(),
                has(home, MUTANTS) ? mutants(home) : none.mutants(),
                has(home, DOTS) ? falseFail(home) : none.falseFail());
    }

    private static boolean has(Home home, Path file) {
        return Files.isRegularFile(home.root().resolve(file));
    }

    private static Qualification.Panel panel(Home home) {
        Figures figures = Codec.file(home.root().resolve(PANEL), Figures.class);
        return new Qualification.Panel(
                figures.catalogue(),
                figures.faults(),
                figures.variants(),
                figures.applicable(),
                figures.found(),
                figures.rejected());
    }

    private static Qualification.Mutants mutants(Home home) {
        Mutants figures = Codec.file(home.root().resolve(MUTANTS), Mutants.class);
        return new Qualification.Mutants(figures.catalogue(), figures.mutants(), figures.killed());
    }

    private static Qualification.FalseFail falseFail(Home home) {
        DotTable.FalseFail bound =
                Codec.file(home.root().resolve(DOTS), DotTable.class).falseFail();
        return new Qualification.FalseFail(bound.tensors(), bound.measured());
    }
}
