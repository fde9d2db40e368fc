package org.aiis.conformance.catalogue.coverage;

import static org.aiis.conformance.catalogue.coverage.Protos.bytes;
import static org.aiis.conformance.catalogue.coverage.Protos.graph;
import static org.aiis.conformance.catalogue.coverage.Protos.model;
import static org.aiis.conformance.catalogue.coverage.Protos.node;
import static org.aiis.conformance.catalogue.coverage.Protos.number;
import static org.aiis.conformance.catalogue.coverage.Protos.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.onnx.NodeProto;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Expectation;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.TestCase;
import org.junit.jupiter.api.Test;

class SchemaCoverageTest {
    /** One operator in two versions, the second with a type and an attribute more. */
    private static final Schemas SCHEMAS = Schemas.parse("""
            {"onnx": "0", "elements": {"float": 1, "int64": 7, "complex64": 14}, "schemas": [
            {"domain":"","name":"Both","since":1,"inputs":[{"name":"a","type":"T"},{"name":"b","type":"T"}],\
            "outputs":[{"name":"c","type":"T"}],"types":{"T":["tensor(float)"]},"attributes":{}},
            {"domain":"","name":"Both","since":20,"inputs":[{"name":"a","type":"T"},{"name":"b","type":"T"}],\
            "outputs":[{"name":"c","type":"T"}],"types":{"T":["tensor(complex64)","tensor(float)","tensor(int64)"]},\
            "attributes":{"k":{"kind":"INT","required":true}}},
            {"domain":"","name":"Both","since":27,"inputs":[{"name":"a","type":"T"},{"name":"b","type":"T"}],\
            "outputs":[{"name":"c","type":"T"}],"types":{"T":["tensor(int64)"]},"attributes":{}}]}""", "mine");

    private static final String NONE = "{}";

    private static final NodeProto NODE = node("Both x z -> y", number("k", 1));

    @Test
    void aCaseShowsWhatItsModelBinds() {
        SchemaCoverage coverage = coverage(NONE, run(20, ElementType.FLOAT32, NODE));
        assertThat(coverage.total(Dimension.TYPES)).isEqualTo(new SchemaCoverage.Tally(1, 0, 2));
        assertThat(missing(coverage, Dimension.TYPES))
                .containsExactly("Both T tensor(complex64)", "Both T tensor(int64)");
    }

    @Test
    void eachReachableVersionHasToBeShownAndNoNewerOne() {
        SchemaCoverage coverage = coverage(NONE, run(20, ElementType.FLOAT32, NODE), run(27, ElementType.INT64, NODE));
        assertThat(missing(coverage, Dimension.VERSIONS)).containsExactly("Both since 1");
        assertThat(missing(coverage, Dimension.TYPES)).contains("Both T tensor(int64)");
    }

    @Test
    void attributesHaveToBeGiven() {
        assertThat(missing(coverage(NONE, run(20, ElementType.FLOAT32, NODE)), Dimension.ATTRIBUTES))
                .isEmpty();
        assertThat(missing(coverage(NONE, run(20, ElementType.FLOAT32, node("Both x z -> y"))), Dimension.ATTRIBUTES))
                .containsExactly("Both k given");
    }

    @Test
    void specialValuesAreThoseThatAreFed() {
        SchemaCoverage coverage = coverage(NONE, run(20, ElementType.FLOAT32, NODE, Double.NaN, -0.0, 0x1p-149));
        assertThat(missing(coverage, Dimension.SPECIALS))
                .containsExactly(
                        "Both tensor(float) +0",
                        "Both tensor(float) +∞",
                        "Both tensor(float) extreme",
                        "Both tensor(float) −∞");
    }

    @Test
    void aTypeHasTheSpecialValuesOfItsFormat() {
        assertThat(SpecialValue.of(ElementType.BFLOAT16)).containsExactly(SpecialValue.values());
        assertThat(SpecialValue.in(Tensor.ofReals(ElementType.FLOAT16, Shape.of(3), 1, -65504, 0x1p-14)))
                .containsExactly(SpecialValue.EXTREME);
    }

    @Test
    void aCaseThatAsksForSurvivalOnlyShowsNothing() {
        TestCase run = run(20, ElementType.FLOAT32, NODE);
        SchemaCoverage coverage = coverage(NONE, some(run.stimulus().get(), new Expectation.Survival()));
        assertThat(Stream.of(Dimension.values()).map(d -> coverage.total(d).covered()))
                .containsOnly(0);
    }

    @Test
    void aBrokenTwinShowsTheRuleThatItBreaksAndNoType() {
        Stimulus.ModelRun valid = (Stimulus.ModelRun)
                run(20, ElementType.FLOAT32, NODE).stimulus().get();
        Stimulus.ModelRun broken = (Stimulus.ModelRun) run(20, ElementType.INT64, node("Both x -> y", number("k", 1)))
                .stimulus()
                .get();
        SchemaCoverage coverage = coverage(
                NONE, some(new Stimulus.MustReject(valid, broken), new Expectation.Rejection(new Tolerance.Exact())));
        assertThat(missing(coverage, Dimension.REJECTIONS))
                .containsExactly(
                        "Both attribute of another kind broken",
                        "Both input of another type broken",
                        "Both inputs of unequal types broken",
                        "Both required attribute left out broken",
                        "Both too many inputs broken");
        assertThat(missing(coverage, Dimension.TYPES)).contains("Both T tensor(int64)");
    }

    @Test
    void anExclusionIsCountedByItsReason() {
        SchemaCoverage coverage = coverage("""
                {"reasons": {"why": "nobody has it"}, "types": [{"value": "*complex*", "reason": "why"}]}""", run(20, ElementType.FLOAT32, NODE));
        assertThat(coverage.total(Dimension.TYPES)).isEqualTo(new SchemaCoverage.Tally(1, 1, 1));
        assertThat(coverage.excluded()).isEqualTo(Map.of(Dimension.TYPES, Map.of("nobody has it", 1)));
        assertThat(coverage.problems()).isEmpty();
    }

    @Test
    void anExclusionThatMatchesNothingIsAProblem() {
        SchemaCoverage coverage = coverage("""
                {"reasons": {"why": "r"}, "types": [{"operator": "Bot", "reason": "why"}]}""");
        assertThat(coverage.problems()).singleElement().asString().contains("'Bot * *' of types matches nothing");
    }

    @Test
    void anExclusionOfWhatIsShownIsAProblem() {
        SchemaCoverage coverage = coverage("""
                {"reasons": {"why": "r"}, "types": [{"of": "T", "reason": "why"}]}""", run(20, ElementType.FLOAT32, NODE));
        assertThat(coverage.problems())
                .singleElement()
                .asString()
                .contains("'Both T tensor(float)' of types is shown by a case and excluded by '* T *'");
    }

    @Test
    void anExclusionWithoutAReasonThatStandsThereIsRefused() {
        assertThatThrownBy(() -> coverage("""
                        {"reasons": {"why": "r"}, "types": [{"of": "T", "reason": "whi"}]}"""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown reason 'whi'")
                .hasMessageContaining("did you mean 'why'");
    }

    @Test
    void whenNothingIsMissingCoverageIsComplete() {
        String all = """
                {"reasons": {"why": "r"}, "types": [{"reason": "why"}], "versions": [{"reason": "why"}],
                "attributes": [{"reason": "why"}], "specials": [{"reason": "why"}], "rejections": [{"reason": "why"}]}""";
        assertThat(coverage(all).complete()).isTrue();
        assertThat(coverage(NONE).complete()).isFalse();
    }

    private static SchemaCoverage coverage(String exclusions, TestCase... cases) {
        return SchemaCoverage.of(
                List.of(cases),
                SCHEMAS,
                new Edition(13, 26),
                Codec.json(exclusions, Exclusions.class, "mine", 1),
                done -> {});
    }

    private static List<String> missing(SchemaCoverage coverage, Dimension dimension) {
        return coverage.missing().stream()
                .filter(c -> c.dimension() == dimension)
                .map(Combination::toString)
                .toList();
    }

    /** A case whose model has the inputs x and z of a type, x fed with these values. */
    private static TestCase run(int opset, ElementType type, NodeProto node, double... values) {
        var model = model(opset, graph(List.of(tensor("x", type), tensor("z", type)), List.of(), node));
        Map<String, Tensor> inputs =
                values.length == 0 ? Map.of() : Map.of("x", Tensor.ofReals(type, Shape.of(values.length), values));
        return some(new Stimulus.ModelRun(bytes(model), inputs), new Expectation.ByOracle(new Tolerance.Exact()));
    }

    private static TestCase some(Stimulus stimulus, Expectation expectation) {
        return new TestCase(
                "EXCH-LOAD/x",
                List.of("EXCH-LOAD"),
                Grade.QUICK,
                Optional.empty(),
                () -> stimulus,
                expectation,
                "test");
    }
}
