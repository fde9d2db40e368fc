package org.aiis.spec.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;

class StandardReaderTest {
    private static final String CHAPTER = """
            ---
            class: exchange
            title: Model exchange
            depends: []
            ---
            # 3 Model exchange
            ## 3.1 Names
            - **EXCH-ONE** shall: A system shall do one thing.
            - **EXCH-TWO** should: A system should do more. [untested: nobody asked]
            """;

    private static final String OPERATORS = """
            ---
            class: operators
            title: Operators
            depends: []
            ---
            # 4 Operators
            - **OP-{operator}-VALUES** shall: A system shall return right values for {operator}.
            - **OP-{operator}-REJECT** shall: A system shall reject a wrong {operator}.
            | operator | opsets | types | full | relaxed | shapes | special | reject |
            |---|---|---|---|---|---|---|---|
            | Add | 13 17 | float int8 | ulp 0.5 | ulp 1 floor 1 | any | – | wrong shapes |
            | And | 17 | bool | exact | exact | any | – | – |
            """;

    @Test
    void theBundledStandardHasItsTwelveClassesAndItsOperators() {
        Standard standard = StandardReader.bundled();

        assertThat(standard.classes()).hasSize(12);
        assertThat(standard.operators()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(standard.requirements().stream().filter(r -> r.operator().isEmpty()))
                .hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void aRequirementCarriesItsClauseItsSourceLineAndWhyItIsUntested() {
        Standard standard = StandardReader.read(Map.of("03.md", CHAPTER));

        Requirement two = standard.requirement("EXCH-TWO");
        assertThat(two.level()).isEqualTo(Level.SHOULD);
        assertThat(two.clause()).isEqualTo("3.1");
        assertThat(two.source()).isEqualTo("03.md:9");
        assertThat(two.text()).isEqualTo("A system should do more.");
        assertThat(two.untested()).contains("nobody asked");
        assertThat(standard.requirement("EXCH-ONE").untested()).isEmpty();
    }

    @Test
    void aTemplateExpandsOverTheRowsWhoseColumnIsFilled() {
        Standard standard = StandardReader.read(Map.of("04.md", OPERATORS));

        assertThat(standard.requirements().stream().map(Requirement::id))
                .containsExactly("OP-Add-VALUES", "OP-Add-REJECT", "OP-And-VALUES");
        assertThat(standard.requirement("OP-Add-REJECT").source()).isEqualTo("04.md:11");
        OperatorRow add = standard.operator("Add");
        assertThat(add.types().stream().map(t -> t.label()))
                .containsExactlyInAnyOrder("float32", "float64", "float16", "bfloat16", "int8");
        assertThat(add.relaxed()).isEqualTo(new Tolerance.Ulp(1, 1));
        assertThat(add.facets()).isEqualTo(Set.of("REJECT", "SHAPES", "TYPES", "VALUES"));
    }

    @Test
    void aDuplicateIdIsRefusedWithItsLine() {
        String twice = CHAPTER.replace("EXCH-TWO", "EXCH-ONE");

        assertThatThrownBy(() -> StandardReader.read(Map.of("03.md", twice)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("03.md:9")
                .hasMessageContaining("duplicate requirement id EXCH-ONE");
    }

    @Test
    void aRequirementThatIsNotWellFormedIsRefusedAndNotLost() {
        assertThatThrownBy(() -> StandardReader.read(Map.of("03.md", CHAPTER.replace("shall: A", "must: A"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("03.md:8");
        assertThatThrownBy(() -> StandardReader.read(Map.of("03.md", CHAPTER.replace("shall do", "does"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("with the verb 'shall'");
    }

    @Test
    void anUnknownToleranceIsRefused() {
        assertThatThrownBy(() -> StandardReader.read(Map.of("04.md", OPERATORS.replace("ulp 0.5", "close"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown tolerance 'close'");
    }

    @Test
    void aClassThatDependsOnNothingKnownIsRefused() {
        assertThatThrownBy(() -> StandardReader.read(Map.of("03.md", CHAPTER.replace("depends: []", "depends: [x]"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown class 'x'");
    }

    @Test
    void anUnknownIdNamesTheNearestOne() {
        assertThatThrownBy(() -> StandardReader.bundled().requirement("OP-Sofmax-VALUES"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean 'OP-Softmax-VALUES'?");
    }
}
