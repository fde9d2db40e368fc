package org.aiis.report.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aiis.report.Reports;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Qualification;
import org.aiis.report.bundle.Sealing;
import org.aiis.report.certificate.Certificate;
import org.aiis.report.certificate.Role;
import org.aiis.report.certificate.SigningKey;
import org.aiis.report.certificate.TrustList;
import org.aiis.report.toy.Toy;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.evidence.Manifest;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus of tampered bundles: each is refused, with the file and a reason. */
class TamperTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @TempDir
    Path temp;

    private Path bundle;
    private final ToyRun run = new ToyRun();
    private final Reports reports = new Reports(run.standard, run.toy);

    @BeforeEach
    void aSoundBundle() {
        bundle = run.failing("EXCH-HINT/type").sealed(temp.resolve("bundle"));
        assertThat(verify().status()).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
    }

    private Verification verify() {
        return reports.verify(bundle, cases -> {});
    }

    private void refused(String file, String reason) {
        Verification verification = verify();
        assertThat(verification.status()).isEqualTo(Verification.Status.REFUSED);
        assertThat(verification.troubles()).anySatisfy(t -> {
            assertThat(t.file()).isEqualTo(file);
            assertThat(t.reason()).contains(reason);
        });
        assertThat(verification.line()).startsWith("refused: ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(bundle.resolve(file).getParent());
            Files.writeString(bundle.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(String file, String old, String by) {
        String text = read(bundle.resolve(file));
        assertThat(text).contains(old);
        write(file, text.replace(old, by));
    }

    /** What an attacker does who knows the format: the manifest made again over what is there. */
    private void reseal() {
        Manifest old = Bundle.manifest(Folder.scan(bundle));
        Sealing.seal(bundle, old.suite(), old.chainHead(), old.digests());
    }

    /** Edits a line of evidence as a tree, chains all lines anew, and reseals. */
    private void forge(int line, Consumer<ObjectNode> edit) {
        Forgery.of(bundle, lines -> edit.accept((ObjectNode) lines.get(line).get("entry")));
    }

    private int lineOf(String caseId) {
        List<String> lines = read(bundle.resolve("evidence.jsonl")).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode entry = Codec.tree(lines.get(i), "line").get("entry");
            if (entry.path("id").asText().equals(caseId)) {
                return i;
            }
        }
        throw new AssertionError("no line of " + caseId);
    }

    @Test
    void figuresOfTheSuiteThatWereChangedAreRefused() {
        run.qualification = new Qualification(
                new Qualification.Panel("c", 150, 18, 100, 90, 0),
                new Qualification.Mutants("c", 10, 9),
                new Qualification.FalseFail(10_000, 0.005));
        bundle = run.sealed(temp.resolve("measured"));
        assertThat(verify().status()).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
        replace("qualification.json", "90", "99");
        reseal();
        refused("qualification.json", "its digest is not the one the run began with");
    }

    @Test
    void figuresThatTheRunDidNotBeginWithAreRefused() {
        write("qualification.json", Codec.pretty(Qualification.NONE));
        reseal();
        refused("qualification.json", "a run that begins with figures of the suite has this file");
    }

    @Test
    void oneFlippedByteAnywhereInAnyFileIsRefusedUnderItsName() throws IOException {
        signBoth();
        for (String file : files()) {
            Path path = bundle.resolve(file);
            byte[] whole = Files.readAllBytes(path);
            for (int at : new int[] {0, whole.length / 3, whole.length / 2, whole.length - 2, whole.length - 1}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 1;
                Files.write(path, flipped);
                Verification verification = verify();
                assertThat(verification.status()).as("%s byte %d", file, at).isEqualTo(Verification.Status.REFUSED);
                assertThat(verification.troubles()).as("%s byte %d", file, at).anySatisfy(t -> assertThat(t.file())
                        .startsWith(file));
            }
            Files.write(path, whole);
        }
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        for (String file : files()) {
            Path path = bundle.resolve(file);
            byte[] whole = Files.readAllBytes(path);
            Files.write(path, java.util.Arrays.copyOf(whole, whole.length / 2));
            assertThat(verify().troubles()).as(file).anySatisfy(t -> assertThat(t.file())
                    .startsWith(file));
            Files.write(path, whole);
        }
    }

    @Test
    void aDeletedFileIsRefused() throws IOException {
        for (String file : files()) {
            Path path = bundle.resolve(file);
            byte[] whole = Files.readAllBytes(path);
            Files.delete(path);
            assertThat(verify().troubles()).as(file).anySatisfy(t -> assertThat(t.file())
                    .isEqualTo(file));
            Files.write(path, whole);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(bundle)) {
            return all.filter(Files::isRegularFile)
                    .map(p -> bundle.relativize(p).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anAddedFileIsRefused() {
        write("views/notes.html", "<p>certified!</p>");
        refused("views/notes.html", "not named in the manifest");
    }

    @Test
    void anAddedFileIsRefusedEvenWhenTheManifestNamesIt() {
        write("views/notes.html", "<p>certified!</p>");
        reseal();
        refused("views/notes.html", "no view that is made from this evidence");
    }

    @Test
    void aFileOfNoKnownPlaceIsRefused() {
        write("extra/payload.bin", "x");
        refused("extra/payload.bin", "a bundle holds no such file");
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside.yaml"), read(bundle.resolve("waivers.yaml")));
        Files.delete(bundle.resolve("waivers.yaml"));
        Files.createSymbolicLink(bundle.resolve("waivers.yaml"), outside);
        refused("waivers.yaml", "not a regular file");
    }

    @Test
    void aRenamedFileIsRefused() throws IOException {
        Files.move(bundle.resolve("views/junit.xml"), bundle.resolve("views/junit2.xml"));
        refused("views/junit.xml", "missing");
        refused("views/junit2.xml", "not named in the manifest");
    }

    @Test
    void aManifestThatLeavesTheFolderIsRefused() {
        Manifest old = Bundle.manifest(Folder.scan(bundle));
        List<Manifest.FileEntry> files = new ArrayList<>(old.files());
        files.add(new Manifest.FileEntry("../outside.txt", 1, Toy.digest("x")));
        write("manifest.json", Sealing.text(Manifest.sealed(old.suite(), old.chainHead(), old.digests(), files)));
        refused("../outside.txt", "missing");
    }

    @Test
    void aVerdictWrittenByTheSubmitterIsNotBelieved() {
        forge(
                lineOf("EXCH-HINT/type"),
                entry -> entry.set(
                        "finding", Codec.tree(Codec.canonical(Finding.pass().withWorst(0.25)), "finding")));
        refused("evidence.jsonl:" + (lineOf("EXCH-HINT/type") + 1), "recorded PASS, judged again FAIL");
    }

    @Test
    void aChangedMessageIsRefused() {
        forge(lineOf("EXCH-HINT/type"), entry -> ((ObjectNode) entry.get("finding")).put("message", "a trifle"));
        refused("evidence.jsonl:" + (lineOf("EXCH-HINT/type") + 1), "not what the judge says again");
    }

    @Test
    void aChangedErrorIsRefused() {
        forge(lineOf("EXCH-LOAD/plain"), entry -> ((ObjectNode) entry.get("finding")).put("worst", 0.01));
        refused("evidence.jsonl:" + (lineOf("EXCH-LOAD/plain") + 1), "not what the judge says again");
    }

    @Test
    void aChangedObservationIsRefused() {
        var right = Codec.tree(Codec.canonical(new Holder(ToyRun.right())), "observation")
                .get("observation");
        forge(lineOf("EXCH-HINT/type"), entry -> entry.set("observation", right));
        refused("evidence.jsonl:" + (lineOf("EXCH-HINT/type") + 1), "recorded FAIL, judged again PASS");
    }

    private record Holder(org.aiis.spec.testing.Observation observation) {}

    @Test
    void aChangedStimulusDigestIsRefused() {
        forge(lineOf("EXCH-LOAD/plain"), entry -> entry.put("stimulus", Toy.digest("easier")));
        refused("evidence.jsonl:" + (lineOf("EXCH-LOAD/plain") + 1), "another stimulus");
    }

    @Test
    void aCaseOfAnotherNameIsRefused() {
        int line = lineOf("EXCH-LOAD/plain");
        forge(line, entry -> entry.put("id", "EXCH-LOAD/made-up"));
        refused("evidence.jsonl:" + (line + 1), "no such case");
    }

    @Test
    void aDroppedLineIsRefusedByTheChain() {
        List<String> lines =
                new ArrayList<>(read(bundle.resolve("evidence.jsonl")).lines().toList());
        int line = lineOf("EXCH-HINT/type");
        lines.remove(line);
        write("evidence.jsonl", String.join("\n", lines) + "\n");
        reseal();
        refused("evidence.jsonl:" + (line + 1), "expected seq");
    }

    @Test
    void aDroppedCaseIsRefusedEvenWhenTheChainIsMadeAgain() {
        int line = lineOf("EXCH-HINT/type");
        Forgery.of(bundle, lines -> lines.remove(line));
        refused("evidence.jsonl", "selected case is missing: EXCH-HINT/type");
    }

    @Test
    void swappedLinesAreRefused() {
        List<String> lines =
                new ArrayList<>(read(bundle.resolve("evidence.jsonl")).lines().toList());
        Collections.swap(lines, 3, 4);
        write("evidence.jsonl", String.join("\n", lines) + "\n");
        reseal();
        refused("evidence.jsonl:4", "expected seq 3");
    }

    @Test
    void aRepeatedCaseIsRefused() {
        Forgery.of(bundle, lines -> lines.add(4, lines.get(3).deepCopy()));
        refused("evidence.jsonl:5", "each case once");
    }

    @Test
    void aForgedAggregateIsRefused() {
        forge(lineOf("EXCH-STEADY"), entry -> ((ObjectNode) entry.get("finding"))
                .putObject("tallies")
                .put("cases driven", 999));
        refused("evidence.jsonl", "aggregate EXCH-STEADY");
    }

    @Test
    void editedResultsAreRefused() {
        replace("results.json", "\"failing\" : [ \"EXCH-HINT/type\" ]", "\"failing\" : [ ]");
        reseal();
        refused("results.json", "not what is made from the evidence again");
    }

    @Test
    void anEditedPageIsRefused() {
        replace("views/report.html", "Example Runtime", "Better Runtime");
        reseal();
        refused("views/report.html", "not what is made from the evidence again");
    }

    @Test
    void anEditedProfileIsRefused() {
        replace("profile.yaml", "Core", "Gore");
        reseal();
        refused("profile.yaml", "not the one the run began with");
    }

    @Test
    void anEditedIcsAndEditedWaiversAreRefused() {
        replace("ics.yaml", "Example Ltd", "Sample Ltd");
        write("waivers.yaml", "[]\n# none\n");
        reseal();
        refused("ics.yaml", "not the one the run began with");
        refused("waivers.yaml", "not the one the run began with");
    }

    @Test
    void aManifestThatNamesAnotherSuiteIsRefused() {
        Manifest old = Bundle.manifest(Folder.scan(bundle));
        Sealing.seal(bundle, "9.9.9", old.chainHead(), old.digests());
        refused("manifest.json", "another suite version");
    }

    @Test
    void whatDoesNotParseIsRefusedWithItsPlaceAndNoStackTrace() {
        write("profile.yaml", "{{{{");
        write("ics.yaml", "\0\0\0");
        reseal();
        Verification verification = verify();
        assertThat(verification.status()).isEqualTo(Verification.Status.REFUSED);
        assertThat(verification.line()).contains("profile.yaml").doesNotContain("\tat ");
    }

    @Test
    void deepNestingIsRefused() {
        write("evidence.jsonl", "[".repeat(100_000) + "\n");
        reseal();
        assertThat(verify().troubles()).anySatisfy(t -> assertThat(t.file()).startsWith("evidence.jsonl"));
    }

    @Test
    void aBundleOfAnotherCatalogueNamesTheReleaseItNeeds() {
        Toy other = new Toy(run.toy.catalogue(), new TreeMap<>(Map.of("catalogue", Toy.digest("next"))));
        Verification verification = new Verifier(run.standard, other).verify(bundle);
        assertThat(verification.status()).isEqualTo(Verification.Status.OTHER_RELEASE);
        assertThat(verification.release()).isEqualTo("1.0.0");
        assertThat(verification.status().exitCode()).isEqualTo(3);
    }

    @Test
    void anInterruptedRunVerifiesAsTheInconclusiveRunItIs() {
        run.ended = false;
        run.dropped.add("EXCH-LOAD/plain");
        bundle = run.sealed(temp.resolve("interrupted"));
        assertThat(verify().status()).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
        assertThat(Bundle.open(bundle).results().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private void signBoth() {
        SigningKey lab = SigningKey.generate(temp.resolve("lab"), Role.EVALUATION, "Example Ltd");
        SigningKey body = SigningKey.generate(temp.resolve("body"), Role.DECISION, "Example Body");
        reports.declare(bundle, lab, TODAY);
        reports.certify(bundle, body, Certificate.Assurance.WITNESSED, TODAY, TODAY.plusYears(1));
        assertThat(reports.verify(bundle, new TrustList(List.of(trusted(body))), TODAY, c -> {})
                        .status())
                .isEqualTo(Verification.Status.TRUSTED);
    }

    private static TrustList.TrustedKey trusted(SigningKey key) {
        return new TrustList.TrustedKey(key.name(), key.role(), key.verification(), "2026-01-01", "2027-12-31");
    }
}
