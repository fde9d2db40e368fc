package org.aiis.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Which package may see which. */
class BoundariesTest {
    private static final JavaClasses SUITE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar")) // Of PackedClasses.
            .importPackages("org.aiis");

    /** So that no rule passes on nothing. */
    @Test
    void allFourModulesAreRead() {
        assertThat(count("org.aiis.spec..")).isGreaterThan(60);
        assertThat(count("org.aiis.reference..")).isGreaterThan(80);
        assertThat(count("org.aiis.report..")).isGreaterThan(40);
        assertThat(count("org.aiis.conformance..")).isGreaterThan(80);
    }

    private static long count(String packages) {
        return SUITE.that(resideInAnyPackage(packages)).size();
    }

    @Test
    void thereIsNoCycleAmongPackages() {
        holds(slices().matching("org.aiis.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void theSpecUsesOnlyTheJdkAndJackson() {
        holds(classes()
                .that()
                .resideInAPackage("org.aiis.spec..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.fasterxml.jackson..", "org.jspecify..", "org.aiis.spec.."));
    }

    @Test
    void theOracleAndThePipelineSeeNoBackendAndNoReport() {
        holds(noClasses()
                .that()
                .resideInAPackage("org.aiis.reference..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.aiis.conformance..", "org.aiis.report..", "ai.onnxruntime.."));
    }

    @Test
    void theReportSeesNeitherOracleNorBackend() {
        holds(noClasses()
                .that()
                .resideInAPackage("org.aiis.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.aiis.conformance..", "org.aiis.reference..", "ai.onnxruntime.."));
    }

    @Test
    void onnxRuntimeIsSeenInBackendPackagesOnly() {
        holds(noClasses()
                .that(not(resideInAnyPackage("org.aiis.conformance.backend..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime.."));
    }

    @Test
    void processesAreStartedInTheWorkerPackageOnly() {
        holds(noClasses()
                .that(not(resideInAnyPackage("org.aiis.conformance.worker..")))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class));
    }

    @Test
    void signaturesAreMadeInTheCertificatePackageOnly() {
        holds(noClasses()
                .that(not(resideInAnyPackage("org.aiis.report.certificate..")))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.security.Signature.class));
    }

    @Test
    void oracleAndJudgeUseNoClockNoFilesNoNetworkAndNoFreeRandomness() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(
                        "org.aiis.reference.arithmetic..",
                        "org.aiis.reference.evaluator..",
                        "org.aiis.reference.operators..",
                        "org.aiis.conformance.judge..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.nio.file..", "java.net..", "java.security..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.io.File.class));
    }

    /** The last bit of Math's transcendental functions is free, so that two machines could differ. */
    @Test
    void theOracleCallsNoFunctionWhoseLastBitIsFree() {
        java.util.Set<String> free = java.util.Set.of(
                "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "expm1", "log",
                "log10", "log1p", "pow", "cbrt", "hypot");
        assertThat(SUITE.that(resideInAnyPackage("org.aiis.reference..")).stream()
                        .flatMap(c -> c.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Math.class))
                        .filter(call -> free.contains(call.getName())))
                .isEmpty();
    }

    @Test
    void standardStreamsAreUsedInTheCommandLineAndTheWorkersMainOnly() {
        assertThat(
                        SUITE
                                .that(not(resideInAnyPackage(
                                        "org.aiis.conformance.cli..", "org.aiis.conformance.worker..")))
                                .stream()
                                .flatMap(c -> c.getFieldAccessesFromSelf().stream())
                                .filter(access -> access.getTargetOwner().isEquivalentTo(System.class)))
                .isEmpty();
    }

    private static void holds(ArchRule rule) {
        rule.check(SUITE);
    }
}
