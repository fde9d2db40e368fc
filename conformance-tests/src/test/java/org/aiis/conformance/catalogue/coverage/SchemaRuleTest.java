package org.aiis.conformance.catalogue.coverage;

import static org.aiis.conformance.catalogue.coverage.Protos.graph;
import static org.aiis.conformance.catalogue.coverage.Protos.model;
import static org.aiis.conformance.catalogue.coverage.Protos.node;
import static org.aiis.conformance.catalogue.coverage.Protos.number;
import static org.aiis.conformance.catalogue.coverage.Protos.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.scheme.Home;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.NodeProto;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.api.Test;

class SchemaRuleTest {
    private static final Schemas SCHEMAS = Schemas.read(Home.find().root());

    @Test
    void aValidNodeBreaksNothing() {
        assertThat(broken(node("Add f f -> y"))).isEmpty();
        assertThat(broken(node("Clip f - f -> y"))).isEmpty();
        assertThat(broken(node("Cast f -> y", number("to", 7)))).isEmpty();
        assertThat(broken(node("Concat f f f -> y", number("axis", 0)))).isEmpty();
    }

    @Test
    void inputsAreCounted() {
        assertThat(broken(node("Add f -> y"))).containsExactly(SchemaRule.TOO_FEW_INPUTS);
        assertThat(broken(node("Add f - -> y"))).containsExactly(SchemaRule.TOO_FEW_INPUTS);
        assertThat(broken(node("Neg f f -> y"))).containsExactly(SchemaRule.TOO_MANY_INPUTS);
    }

    @Test
    void aNodeWithoutInputsHasNotTooMany() {
        assertThat(broken(node("RandomNormal -> y"))).containsExactly(SchemaRule.ATTRIBUTE_MISSING);
        assertThat(broken(node("RandomNormal f -> y")))
                .containsExactly(SchemaRule.TOO_MANY_INPUTS, SchemaRule.ATTRIBUTE_MISSING);
    }

    @Test
    void typesMustBeAllowedAndEqualWhereTheyShareAVariable() {
        assertThat(broken(node("Not f -> y"))).containsExactly(SchemaRule.TYPE);
        assertThat(broken(node("Add f i -> y"))).containsExactly(SchemaRule.UNEQUAL_TYPES);
        assertThat(broken(node("Max f f i -> y"))).containsExactly(SchemaRule.UNEQUAL_TYPES);
        assertThat(broken(node("Pow f i -> y"))).isEmpty();
    }

    @Test
    void attributesMustBeThereAndOfTheirKind() {
        assertThat(broken(node("Cast f -> y"))).containsExactly(SchemaRule.ATTRIBUTE_MISSING);
        AttributeProto text = number("axis", 0).toBuilder()
                .setType(AttributeProto.AttributeType.STRING)
                .build();
        assertThat(broken(node("Softmax f -> y", text))).containsExactly(SchemaRule.ATTRIBUTE_KIND);
    }

    @Test
    void aSchemaStatesOnlyWhatItCanBeBrokenBy() {
        assertThat(SchemaRule.of(SCHEMAS.get("Neg", 17)))
                .containsExactly(SchemaRule.TOO_FEW_INPUTS, SchemaRule.TOO_MANY_INPUTS, SchemaRule.TYPE);
        assertThat(SchemaRule.of(SCHEMAS.get("Concat", 17)))
                .contains(SchemaRule.UNEQUAL_TYPES, SchemaRule.ATTRIBUTE_MISSING)
                .doesNotContain(SchemaRule.TOO_MANY_INPUTS);
        assertThat(SchemaRule.of(SCHEMAS.get("RandomNormal", 17))).doesNotContain(SchemaRule.TOO_FEW_INPUTS);
    }

    /** A model with the float32 input f and the int64 input i. */
    private static List<SchemaRule> broken(NodeProto node) {
        var inputs = List.of(tensor("f", ElementType.FLOAT32), tensor("i", ElementType.INT64));
        return Bindings.of(model(17, graph(inputs, List.of(), node)).build(), SCHEMAS).stream()
                .flatMap(SchemaRule::broken)
                .toList();
    }
}
