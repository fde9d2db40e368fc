package org.aiis.report.certificate;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

/** A statement out of its envelope, with what can be checked about it. */
public record SignedStatement(String file, Envelope envelope, Statement statement) {

    public static SignedStatement read(Folder folder, String file) {
        String text = folder.text(file);
        Envelope envelope = Codec.json(text, Envelope.class, file, 1);
        if (!text.equals(Codec.pretty(envelope)) || !envelope.spelledPlainly()) {
            throw InputException.of(
                    file + ": not spelled as an envelope is", "one statement has one spelling in bytes");
        }
        if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
            throw InputException.at(file, 0, "payload type " + Envelope.IN_TOTO, envelope.payloadType());
        }
        String body = new String(envelope.body(), StandardCharsets.UTF_8);
        return new SignedStatement(file, envelope, Codec.json(body, Statement.class, file + " payload", 1));
    }

    /** What is wrong with it as a statement over this bundle, whoever signed; empty when nothing is. */
    public Optional<String> wrongOver(Bundle bundle) {
        boolean declaration = file.equals(Layout.DECLARATION);
        Statement.Signer signer = statement.signer();
        List<Statement.Subject> manifest =
                List.of(Statement.Subject.manifest(bundle.folder().sha256(Layout.MANIFEST)));
        if (!envelope.keyid().equals(signer.publicKey().id()) || !envelope.signedBy(signer.publicKey())) {
            return Optional.of("the signature is not that of the key it names, or the statement was changed");
        } else if (!statement.type().equals(Statement.TYPE)) {
            return Optional.of("not an in-toto Statement v1");
        } else if (declaration != statement instanceof Statement.OfDeclaration) {
            return Optional.of("another kind of statement than its file name says");
        } else if (signer.role() != (declaration ? Role.EVALUATION : Role.DECISION)) {
            return Optional.of("signed in the role " + signer.role().word());
        } else if (!statement.subject().equals(manifest)) {
            return Optional.of("about another manifest than this one");
        } else if (!bundle.results().notCertifiable().isEmpty()) {
            return Optional.of("over a run that may not carry one: "
                    + String.join("; ", bundle.results().notCertifiable()));
        } else if (!claims().equals(Claims.of(bundle))) {
            return Optional.of("its claims are not those of the results");
        }
        return statement instanceof Statement.OfCertificate c
                ? wrongCertificate(c.predicate(), bundle)
                : wrongDocument();
    }

    private Optional<String> wrongDocument() {
        return ((Statement.OfDeclaration) statement).predicate().document().equals(Declaration.DOCUMENT)
                ? Optional.empty()
                : Optional.of("it does not say on its first line that it is a supplier's declaration");
    }

    private Optional<String> wrongCertificate(Certificate certificate, Bundle bundle) {
        if (!certificate.document().equals(Certificate.DOCUMENT)
                || !certificate.verificationResult().equals("PASSED")) {
            return Optional.of("it does not say that it is a certificate of a passed verification");
        } else if (!bundle.folder().has(Layout.DECLARATION)) {
            return Optional.of("the declaration that it rests on is missing");
        }
        String declared = bundle.folder().sha256(Layout.DECLARATION);
        boolean rests = certificate.inputAttestations().stream()
                .anyMatch(a -> a.uri().equals(Layout.DECLARATION)
                        && declared.equals(a.digest().get("sha256")));
        if (!rests) {
            return Optional.of("it rests on another declaration than the one in the bundle");
        }
        SignedStatement declaration = read(bundle.folder(), Layout.DECLARATION);
        return declaration
                        .statement()
                        .signer()
                        .publicKey()
                        .equals(statement.signer().publicKey())
                ? Optional.of("declaration and certificate are signed with one key")
                : Optional.empty();
    }

    /** The day it was signed, by its own word. */
    public LocalDate day() {
        return day(statement.issued());
    }

    /** Last day of a certificate; a declaration names none. */
    public Optional<LocalDate> lastDay() {
        return statement instanceof Statement.OfCertificate c
                ? Optional.of(day(c.predicate().validUntil()))
                : Optional.empty();
    }

    private LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw InputException.at(file, 0, "a date such as 2027-11-30", text);
        }
    }

    private Claims claims() {
        return statement instanceof Statement.OfDeclaration d
                ? d.predicate().claims()
                : ((Statement.OfCertificate) statement).predicate().claims();
    }
}
