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
        for (int opset = Program.OLDEST_OPSET; opset <= Program.NEWEST_OPSET; opset++) {
            Optional<Schema> schema = SCHEMAS.find("", operator, opset).filter(found -> !found.deprecated());
            assertThat(ORACLE.signature(operator, opset).stream().flatMap(s -> facts(s).stream()))
                    .as("%s at opset version %d", operator, opset)
                    .containsExactlyElementsOf(schema.map(SignaturesTest::facts).orElse(List.of()));
        }
    }

    @Test
    void eachListedDifferenceIsOne() {
        assertThat(DIFFERENT.keySet())
                .allSatisfy(operator -> assertThat(opsets()).as(operator).anySatisfy(opset -> assertThat(
                                ORACLE.signature(operator, opset).map(SignaturesTest::facts))
                        .isNotEqualTo(SCHEMAS.find("", operator, opset).map(SignaturesTest::facts))));
    }

    private static Stream<Integer> opsets() {
        return IntStream.rangeClosed(Program.OLDEST_OPSET, Program.NEWEST_OPSET).boxed();
    }

    @Test
    void theOracleKnowsNothingButWhatOnnxHas() {
        assertThat(SCHEMAS.names("")).containsAll(ORACLE.operators());
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
