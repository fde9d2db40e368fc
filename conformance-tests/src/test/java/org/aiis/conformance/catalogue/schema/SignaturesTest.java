package org.aiis.conformance.catalogue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.conformance.scheme.Home;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.operators.Known;
import org.aiis.reference.operators.Signature;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle's signatures against the schemas of ONNX; each operator that the oracle gains is compared by itself. */
class SignaturesTest {
    private static final Schemas SCHEMAS = Schemas.read(Home.find().root());
    private static final Evaluator ORACLE = new Evaluator();

    /** Operator to the reason why its signature says something else than its schema. */
    private static final Map<String, String> DIFFERENT = Map.of();

    static Stream<String> operators() {
        return ORACLE.operators().stream().filter(name -> !DIFFERENT.containsKey(name));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theSignatureIsTheSchemaAtEachOpset(String operator) {
        for (int version : versions(operator).toList()) {
            Optional<Schema> schema =
                    SCHEMAS.find(domain(operator), name(operator), version).filter(found -> !found.deprecated());
            assertThat(ORACLE.signature(domain(operator), name(operator), version).stream()
                            .flatMap(s -> facts(s).stream()))
                    .as("%s at version %d", operator, version)
                    .containsExactlyElementsOf(schema.map(SignaturesTest::facts).orElse(List.of()));
        }
    }

    @Test
    void eachListedDifferenceIsOne() {
        assertThat(DIFFERENT.keySet()).allSatisfy(operator -> assertThat(versions(operator))
                .as(operator)
                .anySatisfy(version -> assertThat(ORACLE.signature(domain(operator), name(operator), version)
                                .map(SignaturesTest::facts))
                        .isNotEqualTo(SCHEMAS.find(domain(operator), name(operator), version)
                                .map(SignaturesTest::facts))));
    }

    private static Stream<Integer> versions(String operator) {
        return switch (domain(operator)) {
            case "" ->
                IntStream.rangeClosed(Program.OLDEST_OPSET, Program.NEWEST_OPSET)
                        .boxed();
            case Known.ML -> IntStream.rangeClosed(1, 5).boxed();
            default -> Stream.of(1);
        };
    }

    /** Of a name such as {@code ai.onnx.ml.Scaler}. */
    private static String domain(String operator) {
        return operator.contains(".") ? operator.substring(0, operator.lastIndexOf('.')) : "";
    }

    private static String name(String operator) {
        return operator.substring(operator.lastIndexOf('.') + 1);
    }

    @Test
    void theOracleKnowsNothingButWhatOnnxHas() {
        assertThat(ORACLE.operators()).allSatisfy(operator -> assertThat(SCHEMAS.names(domain(operator)))
                .contains(name(operator)));
    }

    /** What both can say, in lines that a failure shows side by side. */
    private static List<String> facts(Schema schema) {
        List<String> facts = new ArrayList<>();
        Map<String, String> seen = new TreeMap<>();
        for (List<Schema.Parameter> parameters : List.of(schema.inputs(), schema.outputs())) {
            facts.add(parameters == schema.inputs() ? "inputs" : "outputs");
            int fewest = 0;
            for (Schema.Parameter p : parameters) {
                fewest += p.option() == Schema.Option.SINGLE ? 1 : p.option() == Schema.Option.VARIADIC ? p.least() : 0;
                facts.add(parameter(p.name(), p.option().name(), schema.elements(p.type()), p.type(), seen));
            }
            facts.add("at least " + fewest);
        }
        schema.attributes()
                .forEach((name, a) -> facts.add(name + " " + a.kind() + (a.required() ? " required" : "")
                        + a.otherwise().map(SignaturesTest::text).orElse("")));
        return facts;
    }

    private static List<String> facts(Signature signature) {
        List<String> facts = new ArrayList<>();
        Map<String, String> seen = new TreeMap<>();
        for (List<Signature.Parameter> parameters : List.of(signature.inputs(), signature.outputs())) {
            facts.add(parameters == signature.inputs() ? "inputs" : "outputs");
            for (Signature.Parameter p : parameters) {
                String option =
                        p.arity() == Signature.Arity.ONE ? "SINGLE" : p.arity().name();
                facts.add(parameter(p.name(), option, signature.allowed(p.type()), p.type(), seen));
            }
            facts.add("at least " + Signature.fewest(parameters));
        }
        new TreeMap<>(signature.attributes())
                .forEach((name, a) -> facts.add(name + " " + a.type() + (a.required() ? " required" : "")
                        + a.otherwise().map(SignaturesTest::text).orElse("")));
        return facts;
    }

    /** A variable is told by the first parameter that has it; one that can only be one type needs no telling. */
    private static String parameter(
            String name, String option, Set<ElementType> allowed, String type, Map<String, String> seen) {
        String bound = allowed.size() == 1 ? "" : " as " + seen.computeIfAbsent(type, first -> name);
        return name + " " + option + " " + new TreeSet<>(allowed) + bound;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(one -> all.add(one.asText()));
            return " = " + all;
        }
        return " = " + (value.isFloatingPointNumber() ? Float.toString(value.floatValue()) : value.asText());
    }

    private static String text(AttributeProto value) {
        return " = "
                + switch (value.getType()) {
                    case INT -> Long.toString(value.getI());
                    case FLOAT -> Float.toString(value.getF());
                    case STRING -> value.getS().toStringUtf8();
                    case INTS -> value.getIntsList().toString();
                    case STRINGS ->
                        value.getStringsList().stream()
                                .map(s -> s.toStringUtf8())
                                .toList()
                                .toString();
                    default -> value.toString();
                };
    }
}
