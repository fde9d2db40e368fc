package org.aiis.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.aiis.conformance.catalogue.coverage.SchemaCoverage;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.standard.StandardReader;
import org.junit.jupiter.api.Test;

/** The gate on what {@code aiis list coverage} measures. */
class CoverageTest {
    @Test
    void theCasesShowWhatTheSchemasAllowOrTheExclusionsSayWhyNot() {
        Path home = Home.find().root();
        SchemaCoverage coverage =
                SchemaCoverage.of(Catalogue.of(StandardReader.bundled(), home).cases(), home, done -> {});
        assertThat(coverage.problems()).isEmpty();
        assertThat(coverage.missing()).isEmpty();
    }
}
