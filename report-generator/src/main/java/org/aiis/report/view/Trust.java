package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aiis.report.bundle.Qualification;

/** What a verdict rests on: how good the suite was found to be, and on which catalogue. */
final class Trust {
    private Trust() {}

    /** One sentence a figure; none where nothing was measured. */
    static List<String> lines(Subject subject) {
        Qualification figures = subject.inputs().qualification();
        Qualification.Panel panel = figures.panel();
        Qualification.Mutants mutants = figures.mutants();
        List<String> lines = new ArrayList<>();
        if (panel.applicable() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "What a PASS here means: of %,d pairs of an operator and a fault that shows on it, this suite found"
                            + " %,d (%.1f %%); of the answers of %d right variants to all cases it rejected %d; %s",
                    panel.applicable(),
                    panel.found(),
                    share(panel.found(), panel.applicable()),
                    panel.variants(),
                    panel.rejected(),
                    measured(panel.catalogue(), subject)));
        }
        if (mutants.mutants() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Of %,d mutants of the oracle’s own operators, shown as systems under test, its cases failed %,d"
                            + " (%.1f %%); %s",
                    mutants.mutants(),
                    mutants.killed(),
                    share(mutants.killed(), mutants.mutants()),
                    measured(mutants.catalogue(), subject)));
        }
        if (figures.falseFail().tensors() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "What a FAIL here means: a right implementation fails a run of %,d dot products by chance with a"
                            + " probability of at most %.2g %% (95 %% bound, measured on the criterion and no catalogue).",
                    figures.falseFail().tensors(),
                    100 * figures.falseFail().measured()));
        }
        return lines;
    }

    private static double share(int part, int of) {
        return 100.0 * part / of;
    }

    private static String measured(String catalogue, Subject subject) {
        boolean same = catalogue.equals(subject.evidence().begin().digests().get("catalogue"));
        return "measured on catalogue " + catalogue.substring(0, Math.min(12, catalogue.length()))
                + (same ? ", the one of this run." : ", which is not the one of this run.");
    }
}
