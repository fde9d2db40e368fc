package org.aiis.conformance.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.run.Progress;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.conformance.vectors.Replay;
import org.aiis.conformance.vectors.WrittenCase;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults planted in a model of over two hundred nodes are found at their node, or in the chain that a backend fuses. */
class SearchTest {
    private static final int ROWS = 3;
    private static final int WIDTH = 5;

    @TempDir
    Path folder = Path.of("");

    private final Suite suite = Suite.load(Home.find());
    /** Name of the node of each operator that is there once, or comes first. */
    private final Map<String, String> first = new LinkedHashMap<>();

    private final List<String> operators = new ArrayList<>();
    private final ModelFile file = new ModelFile(Models.parse(network().build()));

    private ModelBuilder network() {
        Seeded seeded = Seeded.by("a network to plant faults in");
        ModelBuilder model = new ModelBuilder(17).input("x", ElementType.FLOAT32, ROWS, WIDTH);
        String h = "x";
        for (int block = 0; block < 36; block++) {
            String b = "b" + block + ".";
            model.initializer(b + "w", drawn(seeded, WIDTH, WIDTH)).initializer(b + "bias", drawn(seeded, WIDTH));
            add(model, "MatMul", b + "product", h, b + "w");
            add(model, "Add", b + "sum", b + "product", b + "bias");
            add(model, "Relu", b + "relu", b + "sum");
            add(model, "Mul", b + "scaled", b + "relu", b + "bias");
            add(model, "Add", b + "residual", b + "scaled", h);
            h = b + "h";
            add(model, "Tanh", h, b + "residual");
            switch (block) {
                case 2 -> h = add(model, "Abs", "absolute", h);
                case 1 -> h = add(model, "LeakyRelu", "leaky", h);
                case 8 -> {
                    model.initializer("three", Tensor.ofFloats(Shape.of(1), 3));
                    h = add(model, "Round", "rounded", add(model, "Mul", "thrice", h, "three"));
                }
                case 12 -> {
                    model.initializer("axis", Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 1));
                    h = add(model, List.of(h, "axis"), "CumSum", "summed", Attribute.of("exclusive", 1));
                }
                case 16 -> {
                    model.initializer("axes", Tensor.ofLongs(ElementType.INT64, Shape.of(1), 0));
                    String deep = add(model, "Unsqueeze", "deep", h, "axes");
                    String turned = add(model, List.of(deep), "Transpose", "turned", Attribute.ints("perm", 1, 2, 0));
                    String back = add(model, List.of(turned), "Transpose", "back", Attribute.ints("perm", 2, 0, 1));
                    h = add(model, "Squeeze", "flat", add(model, "Softmax", "soft", back), "axes");
                }
                case 24 -> {
                    model.initializer("gain", Tensor.ofFloats(Shape.of(WIDTH), 1, 2, 3, 2, 1));
                    h = add(model, "LayerNormalization", "normal", h, "gain");
                }
                case 28 -> h = add(model, "Erf", "erf", h);
                default -> {}
            }
        }
        h = add(model, "Softmax", "shares", add(model, "Gemm", "logits", h, "b0.w"));
        h = add(model, "LayerNormalization", "last", add(model, "Add", "moved", h, "b0.bias"), "gain");
        model.initializer("hundred", Tensor.ofFloats(Shape.of(1), 100));
        add(model, "Exp", "infinite", add(model, "Add", "large", h, "hundred"));
        add(model, "Log", "odd", h);
        model.input("none", ElementType.BOOL, 0);
        add(model, "Not", "nothing", "none");
        for (String output : List.of(h, "infinite", "odd")) {
            model.openOutput(output, ElementType.FLOAT32);
        }
        return model.openOutput("nothing", ElementType.BOOL);
    }

    private static Tensor drawn(Seeded seeded, int... dims) {
        Tensor.Builder tensor = new Tensor.Builder(ElementType.FLOAT32, Shape.of(dims));
        for (int i = 0; i < Shape.of(dims).size(); i++) {
            tensor.setReal(i, seeded.between(-1, 1));
        }
        return tensor.build();
    }

    private String add(ModelBuilder model, String operator, String output, String... inputs) {
        return add(model, List.of(inputs), operator, output);
    }

    private String add(
            ModelBuilder model, List<String> inputs, String operator, String output, AttributeProto... attributes) {
        first.putIfAbsent(operator, "n" + operators.size() + " (" + operator + ")");
        operators.add(operator);
        model.node(operator, inputs, List.of(output), attributes);
        return output;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("leaky-alpha", "LeakyRelu"),
                Arguments.of("perm-reversed", "Transpose"),
                Arguments.of("dies-on-erf", "Erf"));
    }

    static Stream<Arguments> moreFaults() {
        return Stream.of(
                Arguments.of("floor-for-round", "Round"),
                Arguments.of("exclusive-ignored", "CumSum"),
                Arguments.of("softmax-axis", "Softmax"),
                Arguments.of("abs-optimised-away", "Abs"),
                Arguments.of("epsilon-default", "LayerNormalization"),
                Arguments.of("tf32-products", "MatMul"),
                Arguments.of("tail-dropped", "MatMul"),
                Arguments.of("nan-swallowed", "Log"),
                Arguments.of("infinity-clamped", "Exp"),
                Arguments.of("dies-running-cumsum", "CumSum"),
                Arguments.of("hangs-on-empty-not", "Not"));
    }

    static Stream<Arguments> fusions() {
        return Stream.of(
                Arguments.of("relu-fused-away", "sum", "relu", "b0."),
                Arguments.of("multiply-add-sign", "scaled", "residual", "b0."),
                Arguments.of("softmax-fused-axis", "logits", "shares", ""),
                Arguments.of("skip-norm-forgets", "moved", "last", ""),
                Arguments.of("dies-fusing-norm", "moved", "last", ""));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("fusions")
    void soIsEachOtherChainThatIsFused(String fault, String first, String second, String block) {
        Search.Found found = search("faulty:" + fault);

        assertThat(found.report().fused()).isTrue();
        assertThat(found.report().culprit()).containsExactly(maker(block + first), maker(block + second));
        showsItAlone(fault, found);
    }

    /** The node that makes a tensor, as a report names it. */
    private String maker(String tensor) {
        return file.model().getGraph().getNodeList().stream()
                .filter(n -> n.getOutput(0).equals(tensor))
                .map(n -> n.getName() + " (" + n.getOpType() + ")")
                .findFirst()
                .orElseThrow();
    }

    /** The reproduction fails on the faulty backend and passes on a right one. */
    private void showsItAlone(String fault, Search.Found found) {
        Path folder = this.folder.resolve(fault);
        Replay.write(folder, found.reproduction());
        assertThat(replayed(folder, "faulty:" + fault)).isEqualTo(Verdict.FAIL);
        assertThat(replayed(folder, "cpu")).isEqualTo(Verdict.PASS);
    }

    private Verdict replayed(Path folder, String backend) {
        return replayed(WrittenCase.read(folder, id -> suite.catalogue().get(id)), backend);
    }

    private Verdict replayed(WrittenCase written, String backend) {
        try (WorkerPool pool = Workers.start(backend, 1, seconds(backend), new TreeMap<>())) {
            return new Replay(
                            written,
                            pool::observe,
                            written.judge(suite.judge(), suite.oracle(), suite.standard()),
                            suite.oracle(),
                            pool.sut().provider())
                    .drive()
                    .finding()
                    .verdict();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("moreFaults")
    void soIsEachOther(String fault, String operator) {
        isFoundAtItsNode(fault, operator);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isFoundAtItsNode(String fault, String operator) {
        Search.Found found = search("faulty:" + fault);

        assertThat(operators).hasSizeGreaterThan(200);
        assertThat(found.report().culprit()).containsExactly(first.get(operator));
        assertThat(found.report().fault()).get().matches(f -> f.verdict() == Verdict.FAIL);
        assertThat(found.report().fused()).isFalse();
        showsItAlone(fault, found);
    }

    static Stream<Arguments> states() {
        return Stream.of(Arguments.of("product-kept", "Gemm"), Arguments.of("sum-of-another-session", "Add"));
    }

    /** The first run of a process is right, and so is one behind the same inputs. */
    @ParameterizedTest
    @MethodSource("states")
    void soIsWhatAnEarlierRunLeft(String fault, String operator) {
        String backend = "faulty:" + fault;
        Search.Found found = search(backend);

        assertThat(found.report().culprit()).containsExactly(first.get(operator));
        assertThat(found.report().whole().verdict()).isEqualTo(Verdict.PASS);
        assertThat(found.report().second()).get().matches(Search.Second::fault);
        showsItAlone(fault, found);
        WrittenCase written =
                WrittenCase.read(folder.resolve(fault), id -> suite.catalogue().get(id));
        assertThat(written.earlier()).isPresent();
        assertThat(replayed(written.alone(), backend)).isEqualTo(Verdict.PASS);
    }

    /** Of which a dozen runs show a part each. */
    @Test
    void soIsAFaultInAModelThatIsShownInParts() {
        long atOnce = 2_000;
        assertThat(searched(file, "faulty:leaky-alpha", atOnce).report().culprit())
                .containsExactly(first.get("LeakyRelu"));
        assertThat(searched(file, "faulty:dies-on-erf", atOnce).report().culprit())
                .containsExactly(first.get("Erf"));
        Search.Report right = searched(file, "cpu", atOnce).report();
        assertThat(right.fault()).isEmpty();
        assertThat(right.judged()).isEqualTo(operators.size());
    }

    @Test
    void soIsAFaultInAModelWhoseDataStayInFiles() throws IOException {
        ModelFile kept = ModelFile.read(outside(), 0);
        assertThat(kept.beside()).isPresent();
        Map<String, List<String>> culprits = Map.of(
                "leaky-alpha", List.of(maker("leaky")),
                "relu-fused-away", List.of(maker("b0.sum"), maker("b0.relu")));
        culprits.forEach((fault, culprit) -> {
            Search.Found found = searched(kept, "faulty:" + fault, Parts.atOnce());
            assertThat(found.report().culprit()).isEqualTo(culprit);
            showsItAlone(fault, found);
        });
        assertThat(searched(kept, "cpu", 2_000).report().fault()).isEmpty();
    }

    /** The model with its numbers in a file beside it; ONNX's own shape inference reads axes from no file. */
    private Path outside() throws IOException {
        ModelProto.Builder model = file.model().toBuilder();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            if (tensor.getDataType() != ElementType.FLOAT32.onnx()) {
                continue;
            }
            byte[] bytes = tensor.getRawData().toByteArray();
            Map.of("location", "w.bin", "offset", "" + data.size(), "length", "" + bytes.length)
                    .forEach((key, value) -> tensor.addExternalData(
                            StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
            tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
            data.write(bytes);
        }
        Files.write(folder.resolve("w.bin"), data.toByteArray());
        return Files.write(folder.resolve("outside.onnx"), model.build().toByteArray());
    }

    @Test
    void whatIsNotHeldIsEvaluatedAgain() {
        Anatomy anatomy = Anatomy.of(file);
        Map<String, Tensor> inputs = new Drawn(file, 0).inputs();
        Program program = anatomy.program(anatomy.whole(inputs));
        RightValues all = RightValues.of(program, inputs, Long.MAX_VALUE);
        RightValues none = RightValues.of(program, inputs, 100);
        Set<String> names = Set.of("b3.sum", "rounded", "x");
        assertThat(none.of(names).keySet()).containsExactlyInAnyOrder("b3.sum", "rounded", "x", "none");
        none.of(names).forEach((name, value) -> assertThat(value)
                .isEqualTo(all.of(names).get(name)));
        assertThat(none.bytes("b3.sum")).isEqualTo(4L * ROWS * WIDTH);
    }

    @Test
    void aSystemThatReadsNoFilesIsShownTheWholeModel() throws IOException {
        ModelFile kept = ModelFile.read(outside(), 0);
        Sut sut = new Sut("s", "v", "1", "b", "p", new TreeMap<>(), new TreeMap<>());
        Stimulus.ModelRun run = Anatomy.of(kept).whole(Map.of());
        try (Showing showing = Showing.of(kept, sut)) {
            assertThat(showing.stimulus(run)).isEqualTo(Anatomy.of(file).whole(Map.of()));
        }
    }

    @Test
    void aFaultOfFusionIsFoundAsTheChainThatIsFused() {
        Search.Found found = search("faulty:bias-fused-away");

        assertThat(found.report().fused()).isTrue();
        assertThat(found.report().culprit()).containsExactly("n0 (MatMul)", "n1 (Add)");
    }

    @Test
    void anOptionThatMakesItGoAwayIsNamed() {
        assertThat(search("faulty:abs-optimised-away").report().settings())
                .anyMatch(s -> s.name().equals("graph optimisation off") && s.verdict() == Verdict.PASS);
    }

    @Test
    void noFaultIsSeenInARightBackend() {
        for (String backend : List.of("reference", "cpu")) {
            Search.Report report = search(backend).report();
            assertThat(report.fault()).isEmpty();
            assertThat(report.whole().verdict()).isEqualTo(Verdict.PASS);
            assertThat(report.judged()).isEqualTo(operators.size());
            assertThat(report.steady()).isTrue();
            assertThat(report.second()).get().matches(second -> second.same() && !second.fault());
        }
    }

    /** Only what hangs is waited for: on a machine with other work a right step may take seconds. */
    private static int seconds(String backend) {
        return backend.contains("hangs") ? 5 : 120;
    }

    @Test
    void aTimeOutThatDoesNotComeAgainIsNoHang() {
        List<Observation> answers = new ArrayList<>(List.of(
                new Observation.TimedOut(Observation.Phase.RUN, 5_000),
                Observation.Outputs.none(),
                new Observation.TimedOut(Observation.Phase.LOAD, 5_000),
                new Observation.TimedOut(Observation.Phase.RUN, 5_000)));
        Bench bench = new Bench(suite.oracle(), suite.standard(), shown -> answers.remove(0), Set.of());
        Stimulus.ModelRun run = new Stimulus.ModelRun(network().build(), Map.of());

        assertThat(bench.observe(run)).isInstanceOf(Observation.Outputs.class);
        assertThat(bench.observe(run)).isInstanceOf(Observation.TimedOut.class);
        assertThat(answers).isEmpty();
    }

    private Search.Found search(String backend) {
        return searched(file, backend, Parts.atOnce());
    }

    private Search.Found searched(ModelFile model, String backend, long atOnce) {
        return Search.in(
                model,
                new Drawn(model, 0).inputs(),
                suite,
                BackendUri.of(backend, new TreeMap<>()),
                seconds(backend),
                atOnce,
                Progress.SILENT);
    }
}
