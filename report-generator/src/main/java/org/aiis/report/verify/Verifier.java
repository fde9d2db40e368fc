package org.aiis.report.verify;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Inputs;
import org.aiis.report.bundle.Layout;
import org.aiis.report.certificate.TrustList;
import org.aiis.report.rollup.Rollup;
import org.aiis.report.view.Subject;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Manifest;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.standard.Standard;

/** Checks a bundle: bytes, chain, digests, verdicts made again, results and views made again, signatures. */
public final class Verifier {
    private static final List<String> NEEDED =
            List.of(Layout.MANIFEST, Layout.EVIDENCE, Layout.PROFILE, Layout.ICS, Layout.WAIVERS, Layout.RESULTS);

    private final Standard standard;
    private final Rejudge rejudge;
    private final LongConsumer progress;

    public Verifier(Standard standard, Rejudge rejudge) {
        this(standard, rejudge, cases -> {});
    }

    /** With a listener that is told how many cases have been judged again. */
    public Verifier(Standard standard, Rejudge rejudge, LongConsumer progress) {
        this.standard = standard;
        this.rejudge = rejudge;
        this.progress = progress;
    }

    /** Without a trust list: at best intact, origin unknown. */
    public Verification verify(Path folder) {
        return verify(folder, StatementCheck::withoutTrustList);
    }

    /** With a trust list, its days weighed today. */
    public Verification verify(Path folder, TrustList trust, LocalDate today) {
        return verify(folder, statements -> statements.against(trust, today));
    }

    /**
     * Files, digests, chain and order of events alone: no verdict is made again, which is what takes the time.
     *
     * @return what is wrong; nothing where all is well
     */
    public List<Folder.Trouble> bytes(Path path) {
        Complaints complaints = new Complaints();
        complaints.attempt(path.toString(), () -> {
            Folder folder = Folder.scan(path);
            manifest(folder, complaints).ifPresent(manifest -> {
                Inputs.read(folder);
                EvidenceCheck.belongs(folder, manifest, Evidence.read(folder, (line, done) -> {}), complaints);
            });
        });
        return complaints.all();
    }

    private Verification verify(Path path, Consumer<StatementCheck> statements) {
        Complaints complaints = new Complaints();
        List<Verification> answer = new ArrayList<>();
        complaints.attempt(path.toString(), () -> answer.add(check(path, complaints, statements)));
        return answer.isEmpty() ? refused(complaints) : answer.get(0);
    }

    private Verification check(Path path, Complaints complaints, Consumer<StatementCheck> statements) {
        Folder folder = Folder.scan(path);
        Optional<Manifest> manifest = manifest(folder, complaints);
        return manifest.isPresent() ? contents(folder, manifest.get(), complaints, statements) : refused(complaints);
    }

    /** The manifest, where each file is there, is named in it, and is what it says. */
    private static Optional<Manifest> manifest(Folder folder, Complaints complaints) {
        folder.troubles().forEach(t -> complaints.add(t.file(), t.reason()));
        NEEDED.forEach(file -> complaints.require(folder.has(file), file, "missing"));
        if (!complaints.none()) {
            return Optional.empty();
        }
        List<Manifest> manifests = new ArrayList<>();
        complaints.attempt(Layout.MANIFEST, () -> manifests.add(Bundle.manifest(folder)));
        manifests.forEach(manifest -> ManifestCheck.check(folder, manifest, complaints));
        return complaints.none() ? Optional.of(manifests.get(0)) : Optional.empty();
    }

    /** What judged there and what judges here, where they differ. */
    private List<String> differing(Manifest manifest) {
        return new TreeMap<>(rejudge.digests())
                .entrySet().stream()
                        .filter(here ->
                                !here.getValue().equals(manifest.digests().get(here.getKey())))
                        .map(here -> here.getKey() + ": made with "
                                + manifest.digests().getOrDefault(here.getKey(), "none") + ", here " + here.getValue())
                        .toList();
    }

    private Verification contents(
            Folder folder, Manifest manifest, Complaints complaints, Consumer<StatementCheck> statements) {
        boolean ours = manifest.digests().equals(new TreeMap<>(rejudge.digests()));
        Inputs inputs;
        Evidence evidence;
        EvidenceCheck check;
        try {
            inputs = Inputs.read(folder);
            check = new EvidenceCheck(inputs, rejudge, complaints, progress);
            evidence = Evidence.read(folder, ours ? check : (line, done) -> {});
        } catch (InputException e) {
            complaints.attempt(Layout.EVIDENCE, () -> {
                throw e;
            });
            // Another release may write what this one does not read: whoever is refused has to know which it was.
            return ours ? refused(complaints) : refused(complaints, differing(manifest), manifest.suite());
        }
        EvidenceCheck.belongs(folder, manifest, evidence, complaints);
        if (!complaints.none()) {
            return refused(complaints);
        }
        if (!ours) {
            return new Verification(
                    Verification.Status.OTHER_RELEASE, List.of(), List.of(), differing(manifest), manifest.suite());
        }
        check.whole(evidence);
        if (!complaints.none()) {
            return refused(complaints);
        }
        Results results = Rollup.of(standard, inputs, evidence, rejudge);
        MadeCheck.check(folder, new Subject(standard, inputs, evidence, results), rejudge, complaints);
        StatementCheck signatures =
                new StatementCheck(new Bundle(folder, manifest, inputs, evidence, results), complaints);
        statements.accept(signatures);
        if (!complaints.none()) {
            return refused(complaints);
        }
        return new Verification(
                signatures.signers().isEmpty()
                        ? Verification.Status.INTACT_UNKNOWN_ORIGIN
                        : Verification.Status.TRUSTED,
                List.of(),
                signatures.signers(),
                signatures.remarks(),
                manifest.suite());
    }

    private static Verification refused(Complaints complaints) {
        return refused(complaints, List.of(), "");
    }

    private static Verification refused(Complaints complaints, List<String> remarks, String release) {
        return new Verification(Verification.Status.REFUSED, complaints.all(), List.of(), remarks, release);
    }
}
