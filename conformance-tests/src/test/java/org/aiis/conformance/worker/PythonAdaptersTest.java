package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aiis.conformance.scheme.Home;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The adapters in Python speak the protocol and drive their runtimes. A runtime whose packages the Python at hand (environment
 * AIIS_PYTHON, else python3) lacks is skipped, with its name.
 */
class PythonAdaptersTest {
    private static final Path FOLDER = Home.find().root().resolve("conformance-tests/adapters");
    private static final String PYTHON = System.getenv().getOrDefault("AIIS_PYTHON", "python3");
    private static final LoadSettings LOAD = new LoadSettings(LoadSettings.Scenario.SINGLE_STREAM, 20, 0, 2000, 1, 7);

    /** What each needs, and its provider. */
    enum Adapter {
        EXAMPLE("numpy", "ToyProvider"),
        REFERENCE("numpy, onnx.reference", "ReferenceEvaluator"),
        ORT("numpy, ml_dtypes, onnxruntime", "CPUExecutionProvider"),
        OPENVINO("numpy, ml_dtypes, openvino", "CPU"),
        OPENCV("numpy, cv2, cv2.dnn as d; d.ENGINE_NEW", "OpenCV");

        private final String packages;
        private final String provider;

        Adapter(String packages, String provider) {
            this.packages = packages;
            this.provider = provider;
        }

        WorkerPool start() throws Exception {
            assumeTrue(said("-c", "import " + packages).isEmpty(), PYTHON + " lacks " + packages);
            Path file = FOLDER.resolve("python/" + name().toLowerCase(java.util.Locale.ROOT) + "_adapter.py");
            return WorkerPool.start(WorkerSettings.of("exec").withCommand(List.of(PYTHON, file.toString())));
        }
    }

    @Test
    void theLibraryReadsAndWritesTheExamplesOfTheProtocol() throws Exception {
        assumeTrue(said("-c", "import numpy").isEmpty(), PYTHON + " lacks numpy");

        assertThat(said(
                        FOLDER.resolve("python/check_examples.py").toString(),
                        Home.find().root().resolve("spec/worker-protocol.md").toString()))
                .startsWith("9 examples, 15 violations, ");
    }

    @ParameterizedTest
    @EnumSource
    void aModelRunsOnTheProviderThatIsNamed(Adapter adapter) throws Exception {
        try (WorkerPool pool = adapter.start()) {
            Observation observed = pool.observe(new Stimulus.ModelRun(sum(), floats(1.5f, -2)));

            assertThat(pool.sut().provider()).isEqualTo(adapter.provider);
            assertThat(pool.sut().libraries()).isNotEmpty();
            assertThat(observed).isInstanceOfSatisfying(Observation.Outputs.class, outputs -> {
                assertThat(outputs.values().get("y").tensor()).isEqualTo(Tensor.ofFloats(Shape.of(2), 3, -4));
                assertThat(outputs.placement())
                        .containsExactly(new NodePlacement("n0", NodePlacement.State.PROVIDER, adapter.provider));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedModelIsRejectedAtLoadWithAMessageAndTheNextRunIsRight(Adapter adapter) throws Exception {
        try (WorkerPool pool = adapter.start()) {
            Bytes unknown = new ModelBuilder(17)
                    .input("x", ElementType.FLOAT32, 2)
                    .output("y", ElementType.FLOAT32, 2)
                    .node("NoSuchOperator", List.of("x"), List.of("y"))
                    .build();
            Observation observed = pool.observe(new Stimulus.ModelRun(unknown, floats(1, 2)));

            assertThat(observed).isInstanceOfSatisfying(Observation.Rejected.class, rejected -> {
                assertThat(rejected.message()).isNotBlank();
                assertThat(rejected.code()).isNotBlank();
            });
            assertThat(pool.observe(new Stimulus.ModelRun(sum(), floats(1, 2))))
                    .isInstanceOf(Observation.Outputs.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tensorsAreKeptFedFetchedAndForgotten(Adapter adapter) throws Exception {
        Stimulus script = Stimulus.Script.of(
                new Step.Load("m", sum(), false),
                new Step.Put("w", Tensor.ofFloats(Shape.of(2), 1, -0.5f)),
                new Step.Run(
                        "m",
                        new TreeMap<>(Map.of("x", new Step.Feed.Kept("w"))),
                        new TreeMap<>(Map.of("y", "k")),
                        List.of()),
                new Step.Get("k"),
                new Step.Get("w"),
                new Step.Drop("k"),
                new Step.Get("k"),
                new Step.Measure("m", List.of(new TreeMap<>(floats(3, 4))), LOAD),
                new Step.Close("m"),
                Step.Run.of("m", floats(1, 2)));
        try (WorkerPool pool = adapter.start()) {
            List<Observation> steps = ((Observation.Transcript) pool.observe(script)).steps();

            assertThat(steps).hasSize(10);
            assertThat(steps.get(2)).isEqualTo(Observation.Outputs.none());
            assertThat(steps.get(3)).isEqualTo(outputs("k", 2, -1));
            assertThat(steps.get(4)).isEqualTo(outputs("w", 1, -0.5f));
            assertThat(steps.get(5)).isEqualTo(Observation.Outputs.none());
            assertThat(steps.get(6)).isEqualTo(new Observation.NotDriven("no tensor is kept under 'k'"));
            assertThat(steps.get(7)).isInstanceOfSatisfying(Observation.Measured.class, measured -> {
                assertThat(measured.samples()).isEqualTo(20);
                assertThat(measured.outputs().get("y").tensor()).isEqualTo(Tensor.ofFloats(Shape.of(2), 6, 8));
            });
            assertThat(steps.get(8)).isInstanceOf(Observation.Outputs.class);
            assertThat(steps.get(9)).isEqualTo(new Observation.NotDriven("no model is loaded under 'm'"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "EXAMPLE", mode = EnumSource.Mode.EXCLUDE)
    void someOfTheOutputsAreGiven(Adapter adapter) throws Exception {
        ModelBuilder model = new ModelBuilder(17).input("x", ElementType.FLOAT32, 2);
        for (String output : List.of("a", "b", "c")) {
            model = model.output(output, ElementType.FLOAT32, 2)
                    .node(output.equals("b") ? "Mul" : "Add", List.of("x", "x"), List.of(output));
        }
        Stimulus script = Stimulus.Script.of(
                new Step.Load("m", model.build(), false), fetching("b"), fetching("a", "b"), fetching());
        try (WorkerPool pool = adapter.start()) {
            List<Observation> steps = ((Observation.Transcript) pool.observe(script)).steps();

            assertThat(steps.subList(1, 4)).allSatisfy(step -> assertThat(step)
                    .isInstanceOfSatisfying(Observation.Outputs.class, outputs -> assertThat(
                                    outputs.values().get("b").tensor())
                            .isEqualTo(Tensor.ofFloats(Shape.of(2), 9, 4))));
        }
    }

    private static Step fetching(String... outputs) {
        return new Step.Run(
                "m",
                new TreeMap<>(Map.of("x", new Step.Feed.Inline(Tensor.ofFloats(Shape.of(2), 3, -2)))),
                new TreeMap<>(),
                List.of(outputs));
    }

    /** Each adapter names its packages, pinned, and says how they are installed. */
    @Test
    void eachAdapterHasPinnedRequirementsAndSaysHowTheyAreInstalled() throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        try (Stream<Path> files = Files.list(FOLDER.resolve("python"))) {
            List<Path> adapters =
                    files.filter(f -> f.toString().endsWith("_adapter.py")).toList();

            assertThat(adapters).hasSizeGreaterThan(4).allSatisfy(adapter -> {
                String requirements =
                        adapter.getFileName().toString().replaceFirst("(.*)_adapter.py", "requirements-$1.txt");
                assertThat(Files.readAllLines(adapter.resolveSibling(requirements)))
                        .isNotEmpty()
                        .allMatch(line -> line.matches("[A-Za-z0-9_.-]+(\\[\\w+\\])?==[0-9][A-Za-z0-9.]*"));
                assertThat(Files.readString(adapter)).contains("pip install -r " + requirements);
                assertThat(readme).contains(requirements);
                assertThat(Files.readAllLines(adapter)).hasSizeLessThanOrEqualTo(120);
            });
        }
    }

    private static Bytes sum() {
        return new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2)
                .output("y", ElementType.FLOAT32, 2)
                .node("Add", List.of("x", "x"), List.of("y"))
                .build();
    }

    private static Map<String, Tensor> floats(float... values) {
        return Map.of("x", Tensor.ofFloats(Shape.of(values.length), values));
    }

    private static Observation outputs(String name, float... values) {
        return Observation.Outputs.of(Map.of(name, Tensor.ofFloats(Shape.of(values.length), values)));
    }

    /** What Python says; a failure says something in every case. */
    private static String said(String... arguments) throws Exception {
        List<String> command =
                Stream.concat(Stream.of(PYTHON), Stream.of(arguments)).toList();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var output = process.getInputStream()) {
                String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(said).isTrue();
                return process.exitValue() == 0 ? said : "exit " + process.exitValue() + ": " + said;
            }
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
