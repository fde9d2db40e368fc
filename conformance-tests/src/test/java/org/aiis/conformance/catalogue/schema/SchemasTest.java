package org.aiis.conformance.catalogue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.aiis.conformance.scheme.Home;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.api.Test;

class SchemasTest {
    private static final Schemas SCHEMAS = Schemas.read(Home.find().root());

    @Test
    void aVersionHoldsUntilTheNext() {
        assertThat(SCHEMAS.get("Relu", 13).since()).isEqualTo(13);
        assertThat(SCHEMAS.get("Relu", 21).since()).isEqualTo(14);
        assertThat(SCHEMAS.find("", "Gelu", 19)).isEmpty();
        assertThat(SCHEMAS.find("ai.onnx", "Gelu", 20)).isPresent();
        assertThat(SCHEMAS.find("ai.onnx.ml", "Scaler", 3)).isPresent();
    }

    @Test
    void typesAreThoseThatTheSuiteKnows() {
        assertThat(SCHEMAS.allowed("Not", 13, "T")).containsExactly(ElementType.BOOL);
        assertThat(SCHEMAS.allowed("Softmax", 13, "T"))
                .containsExactlyInAnyOrder(
                        ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16);
        assertThat(SCHEMAS.allowed("SequenceLength", 13, "S")).contains(ElementType.STRING);
        assertThat(SCHEMAS.allowed("Reshape", 13, "tensor(int64)")).containsExactly(ElementType.INT64);
    }

    @Test
    void parametersSayHowOftenTheyOccur() {
        Schema loop = SCHEMAS.get("Loop", 16);
        assertThat(loop.inputs().get(2))
                .isEqualTo(new Schema.Parameter("v_initial", "V", Schema.Option.VARIADIC, 0, false));
        assertThat(SCHEMAS.get("Clip", 13).inputs().get(1).option()).isEqualTo(Schema.Option.OPTIONAL);
        assertThat(Schema.at(loop.inputs(), 9)).contains(loop.inputs().get(2));
        assertThat(Schema.at(SCHEMAS.get("Add", 14).inputs(), 2)).isEmpty();
    }

    @Test
    void reachableVersionsBeginWithTheOneInForceAtTheOldest() {
        assertThat(SCHEMAS.reachable("", "Reshape", 13, 26))
                .extracting(Schema::since)
                .containsExactly(13, 14, 19, 21, 23, 24, 25);
        assertThat(SCHEMAS.reachable("", "Gelu", 13, 26))
                .extracting(Schema::since)
                .containsExactly(20);
    }

    @Test
    void anUnknownOperatorNamesTheNearest() {
        assertThatThrownBy(() -> SCHEMAS.get("Softmx", 13))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean 'Softmax'");
        assertThatThrownBy(() -> SCHEMAS.get("Gelu", 13)).hasMessageContaining("it came with opset version 20");
        assertThatThrownBy(() -> SCHEMAS.allowed("Add", 13, "Q"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no type variable 'Q'");
    }

    @Test
    void aTypeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> SchemaFile.parse(file("tensor[float]"), "mine"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "mine: A since 1: expected a type such as seq(tensor(float)), found 'tensor[float]'");
    }

    @Test
    void aSchemaThatStandsThereTwiceIsRefused() {
        String line = file("tensor(float)");
        String one = line.substring(line.indexOf("[") + 1, line.lastIndexOf("]"));
        assertThatThrownBy(() -> SchemaFile.parse(line.replace(one, one + "," + one), "mine"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("A since 1 stands there twice");
    }

    @Test
    void aTypeNameKnowsWhatIsInIt() {
        TypeName name = TypeName.tensor(ElementType.FLOAT64).sequence().optional();
        assertThat(name).hasToString("optional(seq(tensor(double)))");
        assertThat(name.element()).contains(ElementType.FLOAT64);
        assertThat(name.inner()).contains(new TypeName("seq(tensor(double))"));
        assertThat(new TypeName("map(string, float)").element()).isEmpty();
        assertThat(new TypeName("tensor(complex64)").element()).isEmpty();
    }

    private static String file(String type) {
        return """
                {"onnx": "0", "elements": {"float": 1}, "schemas": [{"domain":"","name":"A","since":1,\
                "inputs":[{"name":"x","type":"T"}],"outputs":[],"types":{"T":["%s"]},"attributes":{}}]}""".formatted(type);
    }
}
