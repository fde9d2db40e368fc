package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.aiis.conformance.run.Rejudging;
import org.aiis.conformance.run.Suite;
import org.aiis.report.Reports;
import org.aiis.report.baseline.Changes;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.verify.Verification;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Results;

/** An earlier bundle that a run is told against: verified before anything runs, and never written to. */
record Baseline(Path folder, Bundle bundle, String remark) {
    /** Cases printed of each kind. */
    private static final int PRINTED = 20;

    /** What {@code --json} prints of a run with a baseline. */
    record Told(Results results, Changes changes) {}

    /**
     * Verifies it. One that another release made cannot be judged again here; its verdicts are taken as they stand.
     *
     * @throws InputException when it is refused
     */
    static Baseline of(Path folder, Suite suite) {
        Verification found = new Reports(suite.standard(), new Rejudging(suite)).verify(folder, cases -> {});
        if (found.status() == Verification.Status.REFUSED) {
            throw InputException.of(
                    "baseline " + folder + ": " + found.line(), "give a bundle that 'aiis verify' accepts");
        }
        return new Baseline(
                folder,
                Bundle.open(folder),
                found.status() == Verification.Status.OTHER_RELEASE
                        ? "the baseline was made with another release, " + found.release()
                                + ": its bytes are intact, its verdicts are taken as they stand"
                        : "");
    }

    Changes against(Path now) {
        return Changes.between(bundle, Bundle.open(now));
    }

    void print(PrintWriter out, Changes changes) {
        out.println("against " + folder + ": " + changes.fresh().size() + " new, "
                + changes.fixed().size() + " fixed, " + changes.flaky().size() + " flaky, "
                + changes.still().size() + " still failing"
                + (changes.undecided().isEmpty()
                        ? ""
                        : ", " + changes.undecided().size() + " no longer decided"));
        list(out, "new", changes.fresh());
        list(out, "fixed", changes.fixed());
        list(out, "flaky", changes.flaky());
        list(out, "still", changes.still());
        list(out, "undecided", changes.undecided());
        if (!remark.isEmpty()) {
            out.println("  note: " + remark);
        }
        changes.notes().forEach(note -> out.println("  note: " + note));
    }

    private static void list(PrintWriter out, String kind, List<String> ids) {
        ids.stream().limit(PRINTED).forEach(id -> out.println(String.format("  %-9s %s", kind, id)));
        if (ids.size() > PRINTED) {
            out.println(String.format("  %-9s and %d more", kind, ids.size() - PRINTED));
        }
    }
}
