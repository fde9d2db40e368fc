package org.aiis.conformance.backend.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.LoadSettings.Scenario;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.NodePlacement.State;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** ONNX Runtime 1.29 in a worker, with models whose results are plain from ONNX's text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrtBackendTest {
    private final WorkerPool pool = WorkerPool.start(WorkerSettings.of("cpu"));

    @AfterAll
    void end() {
        pool.close();
    }

    @Test
    void itSaysWhoItIs() {
        assertThat(pool.sut().name()).isEqualTo("ONNX Runtime");
        assertThat(pool.sut().version()).isEqualTo("1.29.0");
        assertThat(pool.sut().provider()).isEqualTo("CPUExecutionProvider");
        assertThat(pool.sut().libraries())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy((name, digest) -> assertThat(digest).matches("[0-9a-f]{64}"));
        assertThat(pool.sut().properties())
                .containsEntry("intra-op-threads", "1")
                .containsEntry("optimization-level", "all");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "FLOAT32", "FLOAT64", "FLOAT16", "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64",
                "UINT64"
            },
            mode = Mode.INCLUDE)
    void twoTensorsAreAdded(ElementType type) {
        Tensor x = small(type, 1, 2, 3);
        Tensor y = small(type, 10, 20, 30);
        assertThat(outputs(pool.observe(add(type, x, y)))).containsEntry("z", small(type, 11, 22, 33));
    }

    private static Tensor extremes(ElementType type) {
        return type == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(3), List.of("", "a", "é€"))
                : type == ElementType.BOOL
                        ? Tensor.ofLongs(type, Shape.of(3), 1, 0, 1)
                        : type.isFloat()
                                ? Tensor.ofReals(
                                        type,
                                        Shape.of(3),
                                        type == ElementType.FLOAT8E8M0 ? 0.25 : -1.5,
                                        1,
                                        type.format().largestFinite())
                                : Tensor.ofLongs(type, Shape.of(3), type.minInteger(), 1, type.maxInteger());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"UINT4", "INT4", "UINT2", "INT2", "FLOAT4E2M1", "FLOAT8E8M0"},
            mode = Mode.EXCLUDE)
    void everyTypeThatTheBindingMakesGoesInAndComesOutAgain(ElementType type) {
        Tensor x = extremes(type);
        assertThat(putAndGet(x)).isEqualTo(Observation.Outputs.of(Map.of("x", x)));
    }

    @ParameterizedTest
    @EnumSource(names = {"UINT4", "INT4", "UINT2", "INT2", "FLOAT8E8M0"})
    void aTypeThatCannotCrossTheBindingIsCarriedThroughAModel(ElementType type) {
        Tensor x = extremes(type);
        Bytes thereAndBack = new ModelBuilder(25)
                .input("x", type, 3)
                .node("Cast", List.of("x"), List.of("wide"), Attribute.of("to", ElementType.FLOAT32.onnx()))
                .node("Cast", List.of("wide"), List.of("y"), Attribute.of("to", type.onnx()))
                .output("wide", ElementType.FLOAT32, 3)
                .output("y", type, 3)
                .build();
        assertThat(outputs(pool.observe(new Stimulus.ModelRun(thereAndBack, Map.of("x", x)))))
                .containsEntry("y", x)
                .containsEntry("wide", Tensor.ofReals(ElementType.FLOAT32, Shape.of(3), x.reals()));
    }

    @Test
    void aTypeThatTheBindingNeitherMakesNorCastsIsRejectedByItNotByTheSuite() {
        Bytes identity = new Models()
                .input("x", ElementType.FLOAT4E2M1, 3)
                .node("n", "Transpose", List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT4E2M1, 3)
                .opset(25);
        assertThat(pool.observe(new Stimulus.ModelRun(identity, Map.of("x", extremes(ElementType.FLOAT4E2M1)))))
                .isInstanceOfSatisfying(
                        Observation.Rejected.class, r -> assertThat(r.phase()).isEqualTo(Phase.LOAD));
    }

    @Test
    void emptyTensorsAndScalarsComeThrough() {
        for (Shape shape : List.of(Shape.SCALAR, Shape.of(0), Shape.of(2, 0, 3))) {
            Tensor x = Tensor.ofBytes(ElementType.FLOAT32, shape, new byte[4 * shape.size()]);
            assertThat(putAndGet(x)).isEqualTo(Observation.Outputs.of(Map.of("x", x)));
        }
    }

    @Test
    void stringsThatTheJavaApiAltersAreNotDriven() {
        assertThat(putAndGet(Tensor.ofStrings(Shape.of(1), List.of("\uD83D\uDE00"))))
                .isInstanceOf(Observation.NotDriven.class);
    }

    @Test
    void anUnknownOperatorIsRejectedAtLoad() {
        Bytes model = unary("NoSuchOperator");
        assertThat(pool.observe(run(model))).isInstanceOfSatisfying(Observation.Rejected.class, rejected -> {
            assertThat(rejected.phase()).isEqualTo(Phase.LOAD);
            assertThat(rejected.code()).isEqualTo("INVALID_GRAPH");
            assertThat(rejected.message()).contains("NoSuchOperator");
        });
    }

    @Test
    void aTypeWithoutAKernelIsRejectedAsNotImplemented() {
        Tensor one = small(ElementType.BFLOAT16, 1, 1, 1);
        assertThat(pool.observe(add(ElementType.BFLOAT16, one, one)))
                .isInstanceOfSatisfying(Observation.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo("NOT_IMPLEMENTED"));
    }

    @Test
    void anAxisOutOfRangeIsRejectedAsAFailure() {
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 2)
                .node("n", "Softmax", List.of("x"), List.of("y"), Models.integer("axis", 5))
                .output("y", ElementType.FLOAT32, 2)
                .opset(13);
        assertThat(pool.observe(run(model)))
                .isInstanceOfSatisfying(Observation.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo("FAIL"));
    }

    @Test
    void anUnknownAttributeIsRejectedAsAnInvalidGraph() {
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 2)
                .node("n", "Relu", List.of("x"), List.of("y"), Models.integer("nonsense", 1))
                .output("y", ElementType.FLOAT32, 2)
                .opset(13);
        assertThat(pool.observe(run(model)))
                .isInstanceOfSatisfying(Observation.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo("INVALID_GRAPH"));
    }

    @Test
    void bytesThatAreNoModelAreRejectedAsInvalidProtobuf() {
        assertThat(pool.observe(run(Bytes.own(new byte[] {1, 2, 3}))))
                .isInstanceOfSatisfying(Observation.Rejected.class, rejected -> assertThat(rejected.code())
                        .isEqualTo("INVALID_PROTOBUF"));
    }

    @Test
    void aWrongInputIsRejectedInTheRun() {
        var shape = new Stimulus.ModelRun(unary("Relu"), Map.of("x", Tensor.ofFloats(Shape.of(3), 1, 2, 3)));
        var name = new Stimulus.ModelRun(unary("Relu"), Map.of("w", Tensor.ofFloats(Shape.of(2), 1, 2)));
        for (Stimulus stimulus : List.of(shape, name)) {
            assertThat(pool.observe(stimulus)).isInstanceOfSatisfying(Observation.Rejected.class, rejected -> {
                assertThat(rejected.phase()).isEqualTo(Phase.RUN);
                assertThat(rejected.code()).isEqualTo("INVALID_ARGUMENT");
            });
        }
    }

    @Test
    void maxWithABlankInputKillsTheWorkerAndThePoolGoesOn() {
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 2)
                .node("n", "Max", List.of("x", ""), List.of("y"))
                .output("y", ElementType.FLOAT32, 2)
                .opset(13);
        assertThat(pool.observe(run(model))).isInstanceOfSatisfying(Observation.Crashed.class, crashed -> {
            assertThat(crashed.cause()).isEqualTo("SIGSEGV");
            assertThat(crashed.detail()).contains("libonnxruntime");
        });
        assertThat(outputs(pool.observe(run(unary("Relu")))))
                .containsEntry("y", Tensor.ofFloats(Shape.of(2), 0.0f, 2.0f));
    }

    @Test
    void keptTensorsAreFedFetchedReplacedAndForgotten() {
        Tensor one = Tensor.ofFloats(Shape.of(1), 1.0f);
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 1)
                .input("y", ElementType.FLOAT32, 1)
                .node("n", "Add", List.of("x", "y"), List.of("z"))
                .output("z", ElementType.FLOAT32, 1)
                .opset(13);
        Step twice = new Step.Run(
                "m",
                new TreeMap<>(Map.of("x", new Step.Feed.Kept("w"), "y", new Step.Feed.Kept("w"))),
                new TreeMap<>(Map.of("z", "w")),
                List.of());
        var script = Stimulus.Script.of(
                new Step.Load("m", model, false),
                new Step.Put("w", one),
                twice,
                twice,
                twice,
                new Step.Get("w"),
                new Step.Drop("w"),
                new Step.Get("w"));
        List<Observation> steps = ((Observation.Transcript) pool.observe(script)).steps();
        assertThat(steps.get(5)).isEqualTo(Observation.Outputs.of(Map.of("w", Tensor.ofFloats(Shape.of(1), 8.0f))));
        assertThat(steps.get(7)).isInstanceOf(Observation.NotDriven.class);
    }

    @Test
    void aNodeThatRanIsPlacedOnItsProviderNamedOrNot() {
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 2)
                .node("", "Sin", List.of("x"), List.of("h"))
                .node("last", "Exp", List.of("h"), List.of("y"))
                .output("y", ElementType.FLOAT32, 2)
                .opset(13);
        assertThat(placement(model))
                .containsExactly(
                        new NodePlacement("#0/Sin", State.PROVIDER, "CPUExecutionProvider"),
                        new NodePlacement("last", State.PROVIDER, "CPUExecutionProvider"));
    }

    @Test
    void aNodeOfConstantsIsFolded() {
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 2)
                .initializer("c", Tensor.ofFloats(Shape.of(2), 1, 2))
                .node("constant", "Exp", List.of("c"), List.of("e"))
                .node("live", "Add", List.of("x", "e"), List.of("y"))
                .output("y", ElementType.FLOAT32, 2)
                .opset(13);
        assertThat(placement(model))
                .containsExactly(
                        new NodePlacement("constant", State.FOLDED, ""),
                        new NodePlacement("live", State.PROVIDER, "CPUExecutionProvider"));
    }

    @Test
    void anIdentityBetweenNodesAndOneAtTheEndAreEliminated() {
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 2)
                .node("first", "Sin", List.of("x"), List.of("a"))
                .node("between", "Identity", List.of("a"), List.of("b"))
                .node("second", "Exp", List.of("b"), List.of("c"))
                .node("end", "Identity", List.of("c"), List.of("y"))
                .output("y", ElementType.FLOAT32, 2)
                .opset(13);
        assertThat(placement(model))
                .extracting(NodePlacement::state)
                .containsExactly(State.PROVIDER, State.ELIMINATED, State.PROVIDER, State.ELIMINATED);
    }

    @Test
    void aMatrixProductAndItsSumAreFusedIntoOneNode() {
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 2, 2)
                .initializer("w", Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4))
                .initializer("b", Tensor.ofFloats(Shape.of(2), 1, 2))
                .node("product", "MatMul", List.of("x", "w"), List.of("h"))
                .node("sum", "Add", List.of("h", "b"), List.of("y"))
                .output("y", ElementType.FLOAT32, 2, 2)
                .opset(13);
        assertThat(placement(model, Tensor.ofFloats(Shape.of(2, 2), 1, 0, 0, 1)))
                .hasSize(2)
                .allSatisfy(node -> {
                    assertThat(node.state()).isEqualTo(State.FUSED_INTO);
                    assertThat(node.by()).contains("Gemm, CPUExecutionProvider");
                });
    }

    @Test
    void aModelThatNeverRanHasNodesOfUnknownPlace() {
        var script = Stimulus.Script.of(new Step.Load("m", unary("Sin"), true), new Step.Close("m"));
        Observation closed =
                ((Observation.Transcript) pool.observe(script)).steps().get(1);
        assertThat(((Observation.Outputs) closed).placement())
                .containsExactly(new NodePlacement("n", State.UNKNOWN, ""));
    }

    @Test
    void aModelThatComesAgainIsPlacedAsItRan() {
        var ran = List.of(new NodePlacement("n", State.PROVIDER, "CPUExecutionProvider"));
        var loaded = Stimulus.Script.of(new Step.Load("m", unary("Cos"), true), new Step.Close("m"));

        assertThat(placement(unary("Cos"))).isEqualTo(ran);
        assertThat(placement(unary("Cos"))).isEqualTo(ran);
        Observation closed =
                ((Observation.Transcript) pool.observe(loaded)).steps().get(1);
        assertThat(((Observation.Outputs) closed).placement())
                .containsExactly(new NodePlacement("n", State.UNKNOWN, ""));
        assertThat(placement(unary("Cos"))).isEqualTo(ran);
        assertThat(placement(unary("Sin"))).isEqualTo(ran);
    }

    @Test
    void anUnprofiledRunTellsNoPlacement() {
        try (WorkerPool plain = WorkerPool.start(WorkerSettings.of("cpu").withProfiled(false))) {
            assertThat(((Observation.Outputs) plain.observe(run(unary("Relu")))).placement())
                    .isEmpty();
        }
    }

    @Test
    void aLoadIsMeasuredWithTheOutputsOfItsFirstSample() {
        LoadSettings settings = new LoadSettings(Scenario.SINGLE_STREAM, 50, 0, 10_000, 1, 7);
        List<java.util.SortedMap<String, Tensor>> samples = List.of(
                new TreeMap<>(Map.of("x", Tensor.ofFloats(Shape.of(2), -1, 1))),
                new TreeMap<>(Map.of("x", Tensor.ofFloats(Shape.of(2), -2, 2))));
        var script = Stimulus.Script.of(
                new Step.Load("m", unary("Relu"), false),
                new Step.Measure("m", samples, settings),
                new Step.Close("m"));
        Observation measured =
                ((Observation.Transcript) pool.observe(script)).steps().get(1);
        assertThat(measured).isInstanceOfSatisfying(Observation.Measured.class, m -> {
            assertThat(m.latencies().size()).isEqualTo(50);
            assertThat(m.samples()).isEqualTo(50);
            assertThat(m.outputs()).containsEntry("y", new Recorded.Whole(Tensor.ofFloats(Shape.of(2), 0, 1)));
            assertThat(m.effective()).containsKeys("queries", "warm-up-queries", "clock-overhead-nanos", "processors");
        });
    }

    @Test
    void aProfiledModelIsNotMeasured() {
        LoadSettings settings = new LoadSettings(Scenario.SINGLE_STREAM, 1, 0, 1000, 1, 7);
        var script = Stimulus.Script.of(
                new Step.Load("m", unary("Relu"), true),
                new Step.Measure(
                        "m", List.of(new TreeMap<>(Map.of("x", Tensor.ofFloats(Shape.of(2), 1, 2)))), settings));
        assertThat(((Observation.Transcript) pool.observe(script)).steps().get(1))
                .isInstanceOf(Observation.NotDriven.class);
    }

    @Test
    void optionsAreCheckedByWord() {
        assertThatThrownBy(() -> OrtSettings.of(Providers.CPU, new TreeMap<>(Map.of("optimization-level", "al"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean 'all'?");
    }

    private List<NodePlacement> placement(Bytes model) {
        return placement(model, Tensor.ofFloats(Shape.of(2), 0.5f, 1.5f));
    }

    private List<NodePlacement> placement(Bytes model, Tensor x) {
        Observation observed = pool.observe(new Stimulus.ModelRun(model, Map.of("x", x)));
        assertThat(observed).isInstanceOf(Observation.Outputs.class);
        return ((Observation.Outputs) observed).placement();
    }

    private static Stimulus.ModelRun run(Bytes model) {
        return new Stimulus.ModelRun(model, Map.of("x", Tensor.ofFloats(Shape.of(2), -1, 2)));
    }

    private static Bytes unary(String op) {
        return new Models()
                .input("x", ElementType.FLOAT32, 2)
                .node("n", op, List.of("x"), List.of("y"))
                .output("y", ElementType.FLOAT32, 2)
                .opset(13);
    }

    private static Stimulus add(ElementType type, Tensor x, Tensor y) {
        Bytes model = new Models()
                .input("x", type, 3)
                .input("y", type, 3)
                .node("add", "Add", List.of("x", "y"), List.of("z"))
                .output("z", type, 3)
                .opset(14);
        return new Stimulus.ModelRun(model, Map.of("x", x, "y", y));
    }

    private static Tensor small(ElementType type, int... values) {
        return type.isFloat()
                ? Tensor.ofReals(
                        type,
                        Shape.of(3),
                        java.util.Arrays.stream(values).asDoubleStream().toArray())
                : Tensor.ofLongs(
                        type,
                        Shape.of(3),
                        java.util.Arrays.stream(values).asLongStream().toArray());
    }

    private Observation putAndGet(Tensor tensor) {
        var script = Stimulus.Script.of(new Step.Put("x", tensor), new Step.Get("x"));
        List<Observation> steps = ((Observation.Transcript) pool.observe(script)).steps();
        return steps.get(0) instanceof Observation.Outputs ? steps.get(1) : steps.get(0);
    }

    private static Map<String, Tensor> outputs(Observation observation) {
        assertThat(observation).isInstanceOf(Observation.Outputs.class);
        Map<String, Tensor> outputs = new TreeMap<>();
        ((Observation.Outputs) observation).values().forEach((name, value) -> outputs.put(name, value.tensor()));
        return outputs;
    }
}
