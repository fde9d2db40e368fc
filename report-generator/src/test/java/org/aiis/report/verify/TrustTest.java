package org.aiis.report.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import org.aiis.report.Reports;
import org.aiis.report.certificate.Certificate;
import org.aiis.report.certificate.Role;
import org.aiis.report.certificate.SigningKey;
import org.aiis.report.certificate.TrustList;
import org.aiis.report.toy.ToyRun;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.testing.Grade;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final String CERTIFICATE = "statements/certificate.dsse.json";
    private static final String DECLARATION = "statements/declaration.dsse.json";

    @TempDir
    Path temp;

    private final ToyRun run = new ToyRun();
    private final Reports reports = new Reports(run.standard, run.toy);
    private Path bundle;
    private SigningKey supplier;
    private SigningKey body;

    @BeforeEach
    void keysAndABundle() {
        supplier = SigningKey.generate(temp.resolve("supplier"), Role.EVALUATION, "Example Ltd");
        body = SigningKey.generate(temp.resolve("body"), Role.DECISION, "Example Body");
        bundle = run.sealed(temp.resolve("bundle"));
    }

    private void declare() {
        reports.declare(bundle, supplier, TODAY);
    }

    private void certify() {
        reports.certify(bundle, body, Certificate.Assurance.WITNESSED, TODAY, TODAY.plusYears(1));
    }

    private Verification against(TrustList.TrustedKey... keys) {
        return reports.verify(bundle, new TrustList(List.of(keys)), TODAY, cases -> {});
    }

    private static TrustList.TrustedKey trusted(SigningKey key, Role role, String to) {
        return new TrustList.TrustedKey(key.name(), role, key.verification(), "2026-01-01", to);
    }

    private static TrustList.TrustedKey trusted(SigningKey key) {
        return trusted(key, key.role(), "2027-12-31");
    }

    private static void refused(Verification verification, String file, String reason) {
        assertThat(verification.status()).isEqualTo(Verification.Status.REFUSED);
        assertThat(verification.troubles()).anySatisfy(t -> {
            assertThat(t.file()).isEqualTo(file);
            assertThat(t.reason()).contains(reason);
        });
    }

    @Test
    void withoutStatementsATrustListDoesNotMakeOriginKnown() {
        assertThat(against(trusted(body)).line()).isEqualTo("intact, origin unknown");
    }

    @Test
    void withoutATrustListStatementsDoNotMakeOriginKnown() {
        declare();
        Verification verification = reports.verify(bundle, cases -> {});
        assertThat(verification.status()).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
        assertThat(verification.remarks()).singleElement().asString().contains("no trust list");
    }

    @Test
    void trustedNamesWhoAndInWhichRole() {
        declare();
        certify();
        assertThat(against(trusted(supplier), trusted(body)).line())
                .isEqualTo("intact and trusted: " + DECLARATION + " signed by Example Ltd (evaluation); " + CERTIFICATE
                        + " signed by Example Body (decision)");
    }

    @Test
    void aDeclarationOutsideTheTrustListIsSaidToBeSo() {
        declare();
        Verification verification = against(trusted(body));
        assertThat(verification.status()).isEqualTo(Verification.Status.INTACT_UNKNOWN_ORIGIN);
        assertThat(verification.remarks()).singleElement().asString().contains("outside the trust list");
    }

    @Test
    void aCertificateOutsideTheTrustListIsRefused() {
        declare();
        certify();
        refused(against(trusted(supplier)), CERTIFICATE, "outside the trust list");
    }

    @Test
    void aKeyOfTheWrongRoleInTheTrustListIsRefused() {
        declare();
        certify();
        refused(against(trusted(body, Role.EVALUATION, "2027-12-31")), CERTIFICATE, "the role evaluation");
    }

    @Test
    void anExpiredKeyIsRefused() {
        declare();
        certify();
        refused(
                against(trusted(body, Role.DECISION, "2026-11-23")),
                CERTIFICATE,
                "valid from 2026-01-01 to 2026-11-23");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        declare();
        certify();
        TrustList trust = new TrustList(List.of(trusted(body)));
        refused(
                reports.verify(bundle, trust, TODAY.plusYears(1).plusDays(1), c -> {}),
                CERTIFICATE,
                "expired on 2027-11-24");
        assertThat(reports.verify(bundle, trust, TODAY.plusYears(1), c -> {}).status())
                .isEqualTo(Verification.Status.TRUSTED);
    }

    @Test
    void aStatementOfAnotherBundleIsRefused() throws IOException {
        declare();
        Path other = new ToyRun().failing("EXCH-HINT/type").sealed(temp.resolve("other"));
        Files.createDirectories(other.resolve("statements"));
        Files.copy(bundle.resolve(DECLARATION), other.resolve(DECLARATION));
        refused(reports.verify(other, c -> {}), DECLARATION, "about another manifest");
    }

    @Test
    void aSwappedSignatureIsRefused() throws IOException {
        declare();
        certify();
        String one = Files.readString(bundle.resolve(DECLARATION));
        String two = Files.readString(bundle.resolve(CERTIFICATE));
        Files.writeString(bundle.resolve(DECLARATION), one.replace(sig(one), sig(two)));
        refused(reports.verify(bundle, c -> {}), DECLARATION, "the signature is not that of the key");
    }

    private static String sig(String envelope) {
        return envelope.replaceAll("(?s).*\"sig\" : \"([^\"]+)\".*", "$1");
    }

    @Test
    void aDeclarationInTheCertificatesPlaceIsRefused() throws IOException {
        declare();
        Files.copy(bundle.resolve(DECLARATION), bundle.resolve(CERTIFICATE), StandardCopyOption.REPLACE_EXISTING);
        refused(reports.verify(bundle, c -> {}), CERTIFICATE, "another kind of statement");
    }

    @Test
    void aCertificateWhoseDeclarationIsGoneIsRefused() throws IOException {
        declare();
        certify();
        Files.delete(bundle.resolve(DECLARATION));
        refused(reports.verify(bundle, c -> {}), CERTIFICATE, "missing");
    }

    @Test
    void certifyNeedsADeclaration() {
        assertThatThrownBy(this::certify).isInstanceOf(InputException.class).hasMessageContaining("declares first");
    }

    @Test
    void rolesDoNotSignForEachOther() {
        assertThatThrownBy(() -> reports.declare(bundle, body, TODAY)).hasMessageContaining("role decision");
        declare();
        assertThatThrownBy(() ->
                        reports.certify(bundle, supplier, Certificate.Assurance.WITNESSED, TODAY, TODAY.plusYears(1)))
                .hasMessageContaining("role evaluation");
    }

    @Test
    void theSameKeyUnderTwoRolesDoesNotCertify() throws IOException {
        declare();
        String text = Files.readString(temp.resolve("supplier.key.json"));
        Files.writeString(temp.resolve("both.key.json"), text.replace("\"evaluation\"", "\"decision\""));
        SigningKey both = SigningKey.read(temp.resolve("both.key.json"));
        assertThatThrownBy(
                        () -> reports.certify(bundle, both, Certificate.Assurance.WITNESSED, TODAY, TODAY.plusYears(1)))
                .hasMessageContaining("same key");
    }

    @Test
    void aQuickRunIsNeitherDeclaredNorCertified() {
        run.grade = Grade.QUICK;
        Path quick = run.sealed(temp.resolve("quick"));
        assertThatThrownBy(() -> reports.declare(quick, supplier, TODAY))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("grade quick");
    }

    @Test
    void aTamperedBundleIsNotSigned() throws IOException {
        Files.writeString(bundle.resolve("results.json"), "{}");
        assertThatThrownBy(this::declare).isInstanceOf(InputException.class).hasMessageContaining("results.json");
    }

    @Test
    void aCertificateDoesNotOutliveAWaiverItRestsOn() {
        run.failing("EXCH-LOAD/large").waiver("EXCH-LOAD", "EXCH-LOAD/large", "2027-01-31");
        bundle = run.sealed(temp.resolve("waived"));
        declare();
        assertThatThrownBy(this::certify).isInstanceOf(InputException.class).hasMessageContaining("outlive the waiver");
        reports.certify(bundle, body, Certificate.Assurance.WITNESSED, TODAY, LocalDate.of(2027, 1, 31));
        assertThat(against(trusted(body)).status()).isEqualTo(Verification.Status.TRUSTED);
    }

    @Test
    void aSignedBundleIsNotWrittenAgain() {
        declare();
        assertThatThrownBy(() -> reports.write(bundle))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("signed");
    }

    @Test
    void aTrustListGivesAKeyOneRole() {
        assertThatThrownBy(() -> new TrustList(List.of(trusted(body), trusted(body, Role.EVALUATION, "2027-01-01"))))
                .isInstanceOf(InputException.class);
    }
}
