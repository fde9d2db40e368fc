package org.aiis.conformance.catalogue.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.api.Test;

/** A row may list an opset version whose schema allows other types than the next. */
class TypesByOpsetTest {
    private static final Schemas SCHEMAS = Schemas.read(Home.find().root());

    @Test
    void aTypeIsTakenOnlyWhereTheSchemaAllowsIt() {
        List<String> ids = cases("| Relu | 17 |", "| Relu | 13 17 |").stream()
                .map(TestCase::id)
                .filter(id -> id.startsWith("OP-Relu-"))
                .toList();
        assertThat(ids)
                .contains("OP-Relu-TYPES/float32/opset13/plain", "OP-Relu-TYPES/int8/opset17/plain")
                .noneMatch(id -> id.contains("/int8/opset13/"));
    }

    @Test
    void quickShowsAValueOfATypeThatOnlyANewerVersionAllows() {
        assertThat(cases("| Relu | 17 |", "| Relu | 13 17 |"))
                .filteredOn(c -> c.id().equals("OP-Relu-VALUES/int8/opset17/first"))
                .singleElement()
                .extracting(TestCase::grade)
                .isEqualTo(Grade.QUICK);
    }

    @Test
    void aTypeThatNoListedVersionAllowsIsRefused() {
        assertThatThrownBy(() -> cases("| Relu | 13 17 |", "| Relu | 13 |"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ONNX allows Relu none of [int8, int16, int32, int64] at [13]");
    }

    @Test
    void anOpsetThatTheOperatorIsYoungerThanIsRefused() {
        assertThatThrownBy(() -> cases("| Gelu | 20 |", "| Gelu | 17 |"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ONNX has no operator Gelu at opset version 17");
    }

    @Test
    void theDataOfAnOperatorAreItsTOrWhatItsFirstInputHas() {
        assertThat(DataVariable.of(SCHEMAS.get("Where", 17))).isEqualTo("T");
        assertThat(DataVariable.of(SCHEMAS.get("Cast", 17))).isEqualTo("T1");
        assertThat(DataVariable.of(SCHEMAS.get("ConstantOfShape", 17))).isEqualTo("T2");
        assertThat(DataVariable.of(SCHEMAS.get("RandomNormal", 22))).isEqualTo("T");
        assertThat(DataVariable.of(SCHEMAS.get("NonMaxSuppression", 17))).isEqualTo("tensor(float)");
    }

    private static List<TestCase> cases(String row, String other) {
        Map<String, String> chapters = new LinkedHashMap<>();
        StandardReader.chapters().forEach((file, text) -> chapters.put(file, text.replace(row, other)));
        return new OperatorCases(StandardReader.read(chapters), SCHEMAS).cases().toList();
    }
}
