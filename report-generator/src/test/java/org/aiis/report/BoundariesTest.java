package org.aiis.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** HOUSE §1 and §8: what this module may know. */
class BoundariesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.aiis.report");

    @Test
    void theClassesWereReallyRead() {
        assertThat(classes.size()).isGreaterThan(50);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.aiis.report.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void noBackendNoWorkerAndNoOtherModuleIsSeen() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.onnxruntime..", "org.aiis.reference..", "org.aiis.conformance..", "org.aiis.onnx..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.aiis.spec.port.Backend")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .check(classes);
    }

    @Test
    void onlyTheCertificatePackageSigns() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.aiis.report.certificate..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.Signature")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.PrivateKey")
                .check(classes);
    }

    @Test
    void noClockIsRead() {
        noClasses()
                .should()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }
}
