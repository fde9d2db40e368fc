package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.coverage.Combination;
import org.aiis.conformance.catalogue.coverage.Dimension;
import org.aiis.conformance.catalogue.coverage.SchemaCoverage;
import org.aiis.conformance.catalogue.coverage.SchemaCoverage.Tally;
import org.junit.jupiter.api.Test;

class CoverageListingTest {
    private static final SchemaCoverage COVERAGE = new SchemaCoverage(
            "1.0",
            new TreeMap<>(Map.of(
                    "Add", Map.of(Dimension.TYPES, new Tally(1200, 3, 2)),
                    "Old", Map.of(Dimension.TYPES, new Tally(0, 4, 0)))),
            List.of(
                    new Combination(Dimension.TYPES, "Add", "T", "tensor(bool)"),
                    new Combination(Dimension.TYPES, "Add", "T", "tensor(float)")),
            Map.of(Dimension.TYPES, Map.of("nobody has it", 7)),
            List.of("an exclusion is idle"),
            Set.of("Loop V"));

    @Test
    void aLineADimensionAddsUp() {
        assertThat(CoverageListing.text(COVERAGE))
                .contains("1,207 of 1,209 operator × type variable × type combinations:"
                        + " 1,200 covered, 7 excluded in writing, 2 missing\n");
    }

    @Test
    void theTableSaysWhatIsCoveredOfWhatIsRequired() {
        assertThat(CoverageListing.text(COVERAGE).lines())
                .anyMatch(line -> line.matches("Add +1200/1202( +–){4}"))
                .anyMatch(line -> line.matches("Old +–( +–){4}"));
    }

    @Test
    void whatIsMissingExcludedAndWrongIsNamed() {
        assertThat(CoverageListing.text(COVERAGE))
                .contains("\n  Add T: tensor(bool) tensor(float)\n")
                .contains("\n       7  nobody has it\n")
                .contains("\nproblem: an exclusion is idle\n")
                .contains("could not be told\n  Loop V\n");
    }

    @Test
    void machinesGetTheSame() {
        Map<String, Object> json = CoverageListing.json(COVERAGE);
        assertThat(json.get("complete")).isEqualTo(false);
        assertThat(json.get("missing")).isEqualTo(List.of(missing("tensor(bool)"), missing("tensor(float)")));
        assertThat(json.get("problems")).isEqualTo(List.of("an exclusion is idle"));
    }

    private static Map<String, String> missing(String value) {
        return Map.of("dimension", "types", "operator", "Add", "of", "T", "value", value);
    }
}
