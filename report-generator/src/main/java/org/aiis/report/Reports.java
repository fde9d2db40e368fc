package org.aiis.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.aiis.report.bundle.AtomicFile;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Inputs;
import org.aiis.report.bundle.Layout;
import org.aiis.report.bundle.Sealing;
import org.aiis.report.certificate.Certificate;
import org.aiis.report.certificate.Issuing;
import org.aiis.report.certificate.SigningKey;
import org.aiis.report.certificate.TrustList;
import org.aiis.report.diff.BundleDiff;
import org.aiis.report.diff.Diffing;
import org.aiis.report.rollup.Rollup;
import org.aiis.report.scoreboard.Admission;
import org.aiis.report.scoreboard.Entrant;
import org.aiis.report.scoreboard.Scoreboard;
import org.aiis.report.verify.Verification;
import org.aiis.report.verify.Verifier;
import org.aiis.report.view.BoardView;
import org.aiis.report.view.Subject;
import org.aiis.report.view.Views;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.standard.Standard;

/** The door of this module: everything right of evidence. */
public final class Reports {
    private final Standard standard;
    private final Rejudge rejudge;

    public Reports(Standard standard, Rejudge rejudge) {
        this.standard = standard;
        this.rejudge = rejudge;
    }

    /**
     * Adds up what a run left in a folder (evidence.jsonl, profile.yaml, ics.yaml, waivers.yaml), writes results.json and
     * views/, and seals the manifest. Called again it writes the same bytes; a signed bundle it refuses.
     */
    public Results write(Path folder) {
        Sealing.requireUnsigned(folder);
        Folder files = Folder.scan(folder);
        Inputs inputs = Inputs.read(files);
        Evidence evidence = Evidence.read(files, (line, done) -> {});
        Results results = Rollup.of(standard, inputs, evidence, rejudge);
        // Only now: what was made before stays where the evidence cannot be read.
        Sealing.reopen(folder);
        put(folder, Layout.RESULTS, Codec.pretty(results).getBytes(StandardCharsets.UTF_8));
        Views.render(
                new Subject(standard, inputs, evidence, results),
                rejudge,
                (path, content) -> put(folder, path, content));
        Sealing.seal(folder, evidence.begin().suite(), evidence.head(), rejudge.digests());
        return results;
    }

    private static void put(Path folder, String path, byte[] content) {
        AtomicFile.write(folder.resolve(path), content);
    }

    /** Verifies without a trust list; {@code progress} is told how many cases have been judged again. */
    public Verification verify(Path folder, LongConsumer progress) {
        return new Verifier(standard, rejudge, progress).verify(folder);
    }

    /** Verifies against a trust list. */
    public Verification verify(Path folder, TrustList trust, LocalDate today, LongConsumer progress) {
        return new Verifier(standard, rejudge, progress).verify(folder, trust, today);
    }

    /** Verifies, then signs a supplier's declaration into the bundle. */
    public Path declare(Path folder, SigningKey evaluation, LocalDate today) {
        requireIntact(verify(folder, cases -> {}));
        return Issuing.declare(folder, evaluation, today);
    }

    /** Verifies, then signs a certificate into the bundle. */
    public Path certify(
            Path folder, SigningKey decision, Certificate.Assurance assurance, LocalDate today, LocalDate validUntil) {
        requireIntact(verify(folder, cases -> {}));
        return Issuing.certify(folder, decision, assurance, today, validUntil);
    }

    /** Verifies a bundle that is to be compared with others. */
    public Admission admit(Path folder, LongConsumer progress) {
        Verification found = verify(folder, progress);
        return switch (found.status()) {
            case INTACT_UNKNOWN_ORIGIN, TRUSTED -> new Admission(Admission.Kind.VERIFIED, found.line(), List.of());
            case OTHER_RELEASE ->
                new Admission(
                        Admission.Kind.OTHER_RELEASE,
                        "its bytes are intact, but another release of the suite (" + found.release()
                                + ") judged it, so that its verdicts cannot be made again here",
                        found.remarks());
            case REFUSED -> {
                List<String> reasons = new ArrayList<>(
                        found.troubles().stream().map(Folder.Trouble::toString).toList());
                reasons.addAll(found.remarks());
                yield new Admission(
                        Admission.Kind.REFUSED,
                        found.remarks().isEmpty()
                                ? "a file of it is missing, or not what the run left behind"
                                : "another release of the suite (" + found.release()
                                        + ") made it, in a form that this one does not read",
                        reasons);
            }
        };
    }

    /**
     * The same without making a verdict again: files, digests and chain alone. It is never {@link Admission.Kind#VERIFIED}'s
     * whole meaning, so whoever shows it says so.
     */
    public Admission admitAsTold(Path folder) {
        List<String> troubles = new Verifier(standard, rejudge)
                .bytes(folder).stream().map(Folder.Trouble::toString).toList();
        return troubles.isEmpty()
                ? new Admission(Admission.Kind.VERIFIED, "its bytes are intact; no verdict was made again", List.of())
                : new Admission(
                        Admission.Kind.REFUSED, "a file of it is missing, or not what the run left behind", troubles);
    }

    /** Takes from a bundle what is compared, as its files say it: whether they may be believed is the admission's. */
    public Entrant entrant(Path folder, Admission admission) {
        try {
            return Entrant.of(folder.toString(), admission, Bundle.open(folder), rejudge);
        } catch (InputException e) {
            throw InputException.because(folder + ": cannot be shown, not even unverified", e);
        }
    }

    /**
     * Puts a bundle against an earlier one, as their files say it: whether they may be believed is the admissions'.
     *
     * @param wanted ids of the cases to be compared
     * @param notes what a reader must know beside it
     */
    public BundleDiff diff(Path before, Path now, Predicate<String> wanted, List<String> notes, LongConsumer progress) {
        List<String> names = List.of(before.toString(), now.toString());
        return Diffing.between(names, opened(before), opened(now), wanted, rejudge, notes, progress);
    }

    private static Bundle opened(Path folder) {
        try {
            return Bundle.open(folder);
        } catch (InputException e) {
            throw InputException.because(folder + ": cannot be compared", e);
        }
    }

    /** Renders the page of a scoreboard. */
    public byte[] page(Scoreboard board) {
        return BoardView.render(board, standard);
    }

    private static void requireIntact(Verification verification) {
        if (verification.status() != Verification.Status.INTACT_UNKNOWN_ORIGIN) {
            throw InputException.of("nothing is signed over this bundle: " + verification.line(), "");
        }
    }
}
