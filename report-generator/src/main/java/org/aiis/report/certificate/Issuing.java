package org.aiis.report.certificate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.aiis.report.bundle.AtomicFile;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Waiver;

/** Signs statements over a bundle. Whoever calls has verified the bundle first, see {@code Reports}. */
public final class Issuing {
    private Issuing() {}

    /** Signs a supplier's declaration and puts it into the bundle. */
    public static Path declare(Path folder, SigningKey key, LocalDate today) {
        Bundle bundle = Bundle.open(folder);
        requireRole(key, Role.EVALUATION);
        requireCertifiable(bundle, "declared");
        if (bundle.folder().has(Layout.DECLARATION)) {
            throw InputException.of(Layout.DECLARATION + ": there already", "a bundle is declared once");
        }
        Declaration declaration =
                new Declaration(Declaration.DOCUMENT, today.toString(), Statement.Signer.of(key), Claims.of(bundle));
        return put(
                folder,
                Layout.DECLARATION,
                new Statement.OfDeclaration(Statement.TYPE, List.of(subject(bundle)), declaration),
                key);
    }

    /** Signs a certificate over a declared bundle and puts it into the bundle. */
    public static Path certify(
            Path folder, SigningKey key, Certificate.Assurance assurance, LocalDate today, LocalDate validUntil) {
        Bundle bundle = Bundle.open(folder);
        requireRole(key, Role.DECISION);
        requireCertifiable(bundle, "certified");
        if (!bundle.folder().has(Layout.DECLARATION)) {
            throw InputException.of(
                    Layout.DECLARATION + ": missing", "the supplier declares first, with an evaluation key");
        }
        if (bundle.folder().has(Layout.CERTIFICATE)) {
            throw InputException.of(Layout.CERTIFICATE + ": there already", "a bundle is certified once");
        }
        SignedStatement declaration = SignedStatement.read(bundle.folder(), Layout.DECLARATION);
        if (declaration.statement().signer().publicKey().equals(key.verification())) {
            throw InputException.of(
                    "the declaration was signed with the same key", "who evaluates does not decide (ISO/IEC 17065)");
        }
        requireValidity(bundle, today, validUntil);
        Claims claims = Claims.of(bundle);
        Certificate certificate = new Certificate(
                Certificate.DOCUMENT,
                assurance,
                validUntil.toString(),
                Statement.Signer.of(key),
                today.toString(),
                "urn:aiis:sut:"
                        + java.net.URLEncoder.encode(
                                claims.sut().name() + "@" + claims.sut().version(), StandardCharsets.UTF_8),
                new Certificate.Policy(
                        "urn:aiis:profile:" + bundle.inputs().profile().label(),
                        Map.of("sha256", claims.profileDigest())),
                List.of(new Certificate.Attestation(
                        Layout.DECLARATION, Map.of("sha256", bundle.folder().sha256(Layout.DECLARATION)))),
                "PASSED",
                claims.classes().keySet().stream().map(c -> "AIIS_" + c).toList(),
                claims);
        return put(
                folder,
                Layout.CERTIFICATE,
                new Statement.OfCertificate(Statement.TYPE, List.of(subject(bundle)), certificate),
                key);
    }

    private static void requireRole(SigningKey key, Role role) {
        if (key.role() != role) {
            throw InputException.of(
                    "the key of " + key.name() + " has the role " + key.role().word(),
                    "a key of role " + role.word() + " signs this");
        }
    }

    private static void requireCertifiable(Bundle bundle, String what) {
        List<String> reasons = bundle.results().notCertifiable();
        if (!reasons.isEmpty()) {
            throw InputException.of("this run may not be " + what + ": " + String.join("; ", reasons), "");
        }
    }

    /** A certificate does not outlive a waiver that it rests on. */
    private static void requireValidity(Bundle bundle, LocalDate today, LocalDate validUntil) {
        if (validUntil.isBefore(today)) {
            throw InputException.of("the certificate would end on " + validUntil, "a later day is expected");
        }
        List<String> used = Claims.of(bundle).waivers();
        for (Waiver waiver : bundle.inputs().waivers()) {
            if (used.contains(waiver.id()) && waiver.expired(validUntil)) {
                throw InputException.of(
                        "the certificate would outlive the waiver " + waiver.id() + ", which expires "
                                + waiver.expires(),
                        "end it on that day or before");
            }
        }
    }

    private static Statement.Subject subject(Bundle bundle) {
        return Statement.Subject.manifest(bundle.folder().sha256(Layout.MANIFEST));
    }

    private static Path put(Path folder, String path, Statement statement, SigningKey key) {
        byte[] body = Codec.pretty(statement).getBytes(StandardCharsets.UTF_8);
        Envelope envelope = Envelope.sign(Envelope.IN_TOTO, body, key);
        Path file = folder.resolve(path);
        AtomicFile.write(file, Codec.pretty(envelope).getBytes(StandardCharsets.UTF_8));
        return file;
    }
}
