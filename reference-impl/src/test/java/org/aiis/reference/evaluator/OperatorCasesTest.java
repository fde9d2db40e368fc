package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
/**
 * One-node models with the results that NumPy 2.4.6 gives in float64; the scripts that made them lie beside the data. Reals
 * agree to 2^-40, since NumPy sums in another order and its functions have their own last bits.
 */
class OperatorCasesTest {
    private static final double CLOSE = 0x1p-40;
    private static final List<String> FILES =
            List.of("cases.jsonl", "cases-elementwise.jsonl", "cases-vision.jsonl", "cases-reduction.jsonl");
    /** Their values are the oracle's own; RandomTest looks at them. */
    private static final Set<String> RANDOM = Set.of(
            "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike");

    private static List<JsonNode> cases() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> cases = new ArrayList<>();
        for (String name : FILES) {
            try (InputStream file = Objects.requireNonNull(OperatorCasesTest.class.getResourceAsStream(name))) {
                for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    cases.add(json.readTree(line));
                }
            }
        }
        return cases;
    }

    static Stream<String> names() throws IOException {
        return cases().stream().map(c -> c.get("name").asText());
    }

    @Test
    void everyOperatorHasACase() throws IOException {
        Set<String> covered = new HashSet<>(RANDOM);
        cases().forEach(c -> covered.add(c.get("op").asText()));
        assertThat(covered).containsExactlyInAnyOrderElementsOf(new Evaluator().operators());
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesWhatNumPyGives(String name) throws IOException {
        JsonNode found = cases().stream()
                .filter(c -> c.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, Tensor> inputs = new HashMap<>();
        Reference reference = new Evaluator().evaluate(model(found, inputs), inputs);
        for (int i = 0; i < found.get("outputs").size(); i++) {
            check(
                    Objects.requireNonNull(reference.outputs().get("y" + i)),
                    found.get("outputs").get(i));
        }
    }

    private static Bytes model(JsonNode found, Map<String, Tensor> inputs) {
        ModelBuilder model = new ModelBuilder(found.get("opset").asInt());
        List<String> names = new ArrayList<>();
        for (JsonNode input : found.get("inputs")) {
            String name = input.isNull() ? "" : "x" + names.size();
            names.add(name);
            if (!input.isNull()) {
                Tensor tensor = tensor(input);
                inputs.put(name, tensor);
                model.input(name, tensor);
            }
        }
        List<String> outputs = new ArrayList<>();
        for (JsonNode output : found.get("outputs")) {
            outputs.add("y" + outputs.size());
            model.openOutput(outputs.get(outputs.size() - 1), type(output));
        }
        List<AttributeProto> attributes = new ArrayList<>();
        found.get("attributes").properties().forEach(a -> attributes.add(attribute(a.getKey(), a.getValue())));
        return model.node("", found.get("op").asText(), names, outputs, attributes)
                .build();
    }

    private static AttributeProto attribute(String name, JsonNode value) {
        if (value.isArray()) {
            return Attribute.ints(
                    name,
                    StreamSupport.stream(value.spliterator(), false)
                            .mapToLong(JsonNode::asLong)
                            .toArray());
        }
        return value.isTextual()
                ? Attribute.of(name, value.asText())
                : value.isIntegralNumber()
                        ? Attribute.of(name, value.asLong())
                        : Attribute.of(name, value.floatValue());
    }

    private static ElementType type(JsonNode tensor) {
        return ElementType.of(tensor.get("type").asText());
    }

    private static Shape shape(JsonNode tensor) {
        List<Integer> dims = new ArrayList<>();
        tensor.get("shape").forEach(dim -> dims.add(dim.asInt()));
        return new Shape(dims);
    }

    private static Tensor tensor(JsonNode node) {
        Tensor.Builder tensor = new Tensor.Builder(type(node), shape(node));
        for (int i = 0; i < node.get("values").size(); i++) {
            String value = node.get("values").get(i).asText();
            if (type(node).isFloat()) {
                tensor.setReal(i, Double.parseDouble(value));
            } else {
                tensor.setBits(i, Long.parseUnsignedLong(value.replace("-", "")) * (value.startsWith("-") ? -1 : 1));
            }
        }
        return tensor.build();
    }

    private static void check(Reference.Value found, JsonNode expected) {
        assertThat(found.type()).isEqualTo(type(expected));
        assertThat(found.shape()).isEqualTo(shape(expected));
        if (!found.type().isFloat()) {
            assertThat(found.rounded()).isEqualTo(tensor(expected));
            return;
        }
        for (int i = 0; i < found.shape().size(); i++) {
            double wanted = Double.parseDouble(expected.get("values").get(i).asText());
            if (wanted == 0 || !Double.isFinite(wanted)) {
                assertThat(found.real(i)).as("element %d", i).isEqualTo(Double.valueOf(wanted));
            } else {
                assertThat(Math.abs(found.real(i) - wanted))
                        .as("element %d: %s, expected %s", i, found.real(i), wanted)
                        .isLessThanOrEqualTo(CLOSE * Math.abs(wanted));
            }
        }
    }
}
