package org.aiis.reference.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the schemas that onnx.defs gives; their file says which release. */
class SignaturesTest {
    private static List<String> schemas() throws IOException {
        try (InputStream file = Objects.requireNonNull(SignaturesTest.class.getResourceAsStream("schemas.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    static Stream<String> operators() {
        return Operators.names().stream();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void signatureIsThatOfOnnxAtEachOpset(String operator) throws IOException {
        TreeMap<Integer, String> bySince = new TreeMap<>();
        for (String line : schemas()) {
            if (line.startsWith(operator + " ")) {
                int bar = line.indexOf('|');
                bySince.put(Integer.parseInt(line.substring(operator.length() + 1, bar - 1)), line.substring(bar));
            }
        }
        for (int opset = Program.OLDEST_OPSET; opset <= Program.NEWEST_OPSET; opset++) {
            boolean exists = bySince.floorEntry(opset) != null;
            assertThat(Operators.find("", operator, opset).isPresent())
                    .as("opset %d", opset)
                    .isEqualTo(exists);
            if (exists) {
                assertThat(rendered(Operators.signature("", operator, opset)))
                        .as("opset %d", opset)
                        .isEqualTo(bySince.floorEntry(opset).getValue());
            }
        }
    }

    @Test
    void everyListedOperatorExists() throws IOException {
        assertThat(schemas().stream()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .distinct())
                .hasSize(71)
                .containsExactlyInAnyOrderElementsOf(Operators.names());
    }

    private static String rendered(Signature signature) {
        return "| " + parameters(signature, signature.inputs()) + " | " + parameters(signature, signature.outputs())
                + " | "
                + signature.attributes().entrySet().stream()
                        .map(e -> e.getKey() + "/" + e.getValue().type() + "/" + otherwise(e.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private static String parameters(Signature signature, List<Signature.Parameter> parameters) {
        return parameters.stream()
                .map(p -> p.arity() + "/"
                        + signature.allowed(p.type()).stream()
                                .map(ElementType::label)
                                .sorted()
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }

    private static String otherwise(Signature.Declared declared) {
        if (declared.required()) {
            return "required";
        }
        if (declared.otherwise().isEmpty()) {
            return "optional";
        }
        AttributeProto value = declared.otherwise().get();
        return switch (value.getType()) {
            case INT -> Long.toString(value.getI());
            case FLOAT -> Integer.toString(Float.floatToIntBits(value.getF()));
            default -> value.getS().toStringUtf8();
        };
    }

    @Test
    void signatureParsesArities() {
        Signature signature = Signature.of("A:T B?:int64 C*:T -> D:T");
        assertThat(IntStream.range(0, 5).mapToObj(signature::mayBeEmpty))
                .containsExactly(false, true, false, false, false);
        assertThat(Signature.fewest(signature.inputs())).isEqualTo(2);
        assertThat(Signature.most(signature.inputs())).isEqualTo(Integer.MAX_VALUE);
    }
}
