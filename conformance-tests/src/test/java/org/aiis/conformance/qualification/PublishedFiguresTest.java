package org.aiis.conformance.qualification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aiis.conformance.scheme.Home;
import org.aiis.report.bundle.Qualification;
import org.aiis.spec.codec.Codec;
import org.junit.jupiter.api.Test;

class PublishedFiguresTest {
    private static final Home HOME = Home.find();

    private static final Qualification FIGURES = Published.read(HOME);

    /** The rows of the table in the README. */
    private static List<String> rows() {
        Qualification.Panel panel = FIGURES.panel();
        Qualification.Mutants mutants = FIGURES.mutants();
        Qualification.FalseFail falseFail = FIGURES.falseFail();
        List<String> rows = new ArrayList<>();
        if (panel.applicable() > 0) {
            rows.add(String.format(
                    Locale.ROOT,
                    "| pairs of operator and fault that show, and are found | %,d of %,d (%.1f %%), %d faults |",
                    panel.found(),
                    panel.applicable(),
                    100.0 * panel.found() / panel.applicable(),
                    panel.faults()));
            rows.add(String.format(
                    Locale.ROOT,
                    "| answers of right variants rejected | %d, of %d variants on every case |",
                    panel.rejected(),
                    panel.variants()));
        }
        if (mutants.mutants() > 0) {
            rows.add(String.format(
                    Locale.ROOT,
                    "| mutants of the operators that a case fails | %,d of %,d (%.1f %%) |",
                    mutants.killed(),
                    mutants.mutants(),
                    100.0 * mutants.killed() / mutants.mutants()));
        }
        rows.add(String.format(
                Locale.ROOT,
                "| probability of one false FAIL in %,d dot products, at most | %.2g %% (95 %% bound) |",
                falseFail.tensors(),
                100 * falseFail.measured()));
        return rows;
    }

    @Test
    void theTableOfTheReadmeHoldsTheFiguresOfTheFiles() {
        String readme = Codec.text(HOME.root().resolve("README.md"));
        for (String row : rows()) {
            assertThat(readme).contains(row);
        }
    }

    /** A line each, under the reason that no case fails it. */
    @Test
    void eachSurvivingMutantHasItsReason() {
        Path folder = HOME.root().resolve("fixtures/qualification");
        List<String> survivors = new ArrayList<>();
        Codec.tree(Codec.text(folder.resolve("mutants.json")), "mutants.json")
                .get("survivors")
                .forEach(s -> survivors.add(s.asText().replaceFirst(" \\([^()]*\\)$", "")));
        List<String> named = Pattern.compile("^- `(.+)`", Pattern.MULTILINE)
                .matcher(Codec.text(folder.resolve("survivors.md")))
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(survivors);
    }
}
