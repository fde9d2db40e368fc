package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aiis.conformance.judge.Aggregates;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.api.Test;

/** Files that are rendered from code and chapters; {@code -Daiis.rewrite=true} renders them again. */
class FrozenFilesTest {
    private static final boolean REWRITE = Boolean.getBoolean("aiis.rewrite");

    private static final Path HOME = Home.find().root();
    private static final Standard STANDARD = StandardReader.bundled();
    private static final Catalogue CATALOGUE = Catalogue.of(STANDARD, HOME);

    @Test
    void theLockFileHoldsTheCatalogueAsItIs() {
        frozen(HOME.resolve(CatalogueLockFile.PLACE), Codec.pretty(CatalogueLock.of(CATALOGUE)));
    }

    @Test
    void theTraceabilityMatrixIsCurrent() {
        frozen(
                HOME.resolve("spec").resolve("traceability.md"),
                traceability(STANDARD).render());
    }

    @Test
    void everyRequirementIsProvedOrSaysWhyItIsNot() {
        assertThat(traceability(STANDARD).problems()).isEmpty();
    }

    @Test
    void aShallWithNeitherCaseNorReasonIsAProblem() {
        assertThat(traceability(with("- **EXCH-NEW** shall: A system shall do something new."))
                        .problems())
                .singleElement()
                .asString()
                .contains("EXCH-NEW")
                .contains("neither case nor [untested: why]");
    }

    @Test
    void aCaseThatNamesNoLivingRequirementIsAProblem() {
        Traceability dangling = new Traceability(
                STANDARD,
                Stream.concat(
                        CATALOGUE.cases().stream(),
                        CATALOGUE.cases().stream().limit(1).map(FrozenFilesTest::renamed)),
                Set.copyOf(Aggregates.REQUIREMENTS));

        assertThat(dangling.problems()).singleElement().asString().contains("EXCH-GONE, which no chapter holds");
    }

    private static TestCase renamed(TestCase c) {
        return new TestCase(
                "EXCH-GONE/x", List.of("EXCH-GONE"), c.grade(), c.pair(), c.stimulus(), c.expectation(), c.origin());
    }

    private static Traceability traceability(Standard of) {
        return new Traceability(of, CATALOGUE.cases().stream(), new TreeSet<>(Aggregates.REQUIREMENTS));
    }

    /** The bundled standard with a line more in the chapter on exchange. */
    private static Standard with(String line) {
        Map<String, String> chapters = new LinkedHashMap<>();
        StandardReader.chapters()
                .forEach((file, text) -> chapters.put(file, file.startsWith("03") ? text + "\n" + line + "\n" : text));
        return StandardReader.read(chapters);
    }

    private static void frozen(Path file, String now) {
        try {
            if (REWRITE) {
                Files.writeString(file, now);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "nothing")
                    .as("%s is stale: CONTRIBUTING.md says how to render it again", file.getFileName())
                    .isEqualTo(now);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
