package org.aiis.report.verify;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Layout;
import org.aiis.report.certificate.SignedStatement;
import org.aiis.report.certificate.Statement;
import org.aiis.report.certificate.TrustList;

/** The statements over a bundle: what they say first, then who signed them. */
final class StatementCheck {
    private final Bundle bundle;
    private final Complaints complaints;
    private final List<Verification.Signed> signers = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    StatementCheck(Bundle bundle, Complaints complaints) {
        this.bundle = bundle;
        this.complaints = complaints;
    }

    List<Verification.Signed> signers() {
        return signers;
    }

    List<String> remarks() {
        return remarks;
    }

    void withoutTrustList() {
        statements()
                .forEach(s -> remarks.add(s.file() + ": signed by a key that calls itself "
                        + s.statement().signer().name() + "; no trust list was given to know it by"));
    }

    void against(TrustList trust, LocalDate today) {
        statements().forEach(s -> complaints.attempt(s.file(), () -> signer(s, trust, today)));
    }

    private List<SignedStatement> statements() {
        List<SignedStatement> sound = new ArrayList<>();
        for (String file : List.of(Layout.DECLARATION, Layout.CERTIFICATE)) {
            if (bundle.folder().has(file)) {
                complaints.attempt(file, () -> {
                    SignedStatement signed = SignedStatement.read(bundle.folder(), file);
                    signed.wrongOver(bundle)
                            .ifPresentOrElse(reason -> complaints.add(file, reason), () -> sound.add(signed));
                });
            }
        }
        return sound;
    }

    private void signer(SignedStatement signed, TrustList trust, LocalDate today) {
        Statement.Signer signer = signed.statement().signer();
        boolean declaration = signed.file().equals(Layout.DECLARATION);
        Optional<TrustList.TrustedKey> known = trust.find(signer.publicKey());
        if (known.isEmpty()) {
            String text = "signed by a key outside the trust list, which calls itself " + signer.name();
            if (declaration) {
                remarks.add(signed.file() + ": " + text);
            } else {
                complaints.add(signed.file(), text);
            }
            return;
        }
        TrustList.TrustedKey key = known.get();
        if (key.role() != signer.role()) {
            complaints.add(
                    signed.file(),
                    "the trust list gives the key of " + key.name() + " the role "
                            + key.role().word());
        } else if (!key.validOn(signed.day())) {
            complaints.add(
                    signed.file(),
                    "signed on " + signed.day() + "; the key of " + key.name() + " is valid from " + key.validFrom()
                            + " to " + key.validTo());
        } else if (signed.day().isAfter(today)) {
            complaints.add(signed.file(), "signed on " + signed.day() + ", a day to come");
        } else if (signed.lastDay().filter(today::isAfter).isPresent()) {
            complaints.add(signed.file(), "expired on " + signed.lastDay().orElseThrow());
        } else {
            signers.add(new Verification.Signed(signed.file(), key.name(), key.role()));
        }
    }
}
