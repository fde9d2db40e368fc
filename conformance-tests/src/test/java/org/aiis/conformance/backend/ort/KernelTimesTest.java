package org.aiis.conformance.backend.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aiis.conformance.backend.ort.Graph.Node;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.conformance.worker.WorkerSettings;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long nodes took, read from a profile of ONNX Runtime's form and asked of a worker. */
class KernelTimesTest {
    private static final String RUN = event("Session", "model_run", "", 0, 999);

    @TempDir
    Path folder;

    private static String event(String category, String name, String op, int start, int micros) {
        return "{\"cat\":\"" + category + "\",\"dur\":" + micros + ",\"ts\":" + start + ",\"name\":\"" + name
                + "\",\"args\":{\"output_type_shape\":[{\"float\":[2]}],\"op_name\":\"" + op
                + "\",\"provider\":\"CPUExecutionProvider\"}}";
    }

    private static String kernel(String name, String op, int start, int micros) {
        return event("Node", name + "_kernel_time", op, start, micros);
    }

    private KernelTimes read(String... events) throws IOException {
        Path file = folder.resolve("profile.json");
        Files.writeString(file, "[" + String.join(",\n", events) + "]");
        return KernelTimes.read(file);
    }

    private static Graph graph(Node... nodes) {
        return new Graph(List.of(nodes), Set.of());
    }

    private static Node node(int index, String name, String op, String input, String output) {
        return new Node(index, name, op, List.of(input), List.of(output), List.of());
    }

    @Test
    void theFirstRunIsLeftOutAndTheOthersGiveTheirMedian() throws IOException {
        KernelTimes times = read(
                kernel("a", "Abs", 1, 500),
                kernel("", "Abs", 600, 7),
                RUN,
                kernel("a", "Abs", 1, 3),
                RUN,
                kernel("a", "Abs", 1, 90),
                RUN,
                kernel("a", "Abs", 1, 4),
                RUN,
                kernel("a", "Abs", 1, 5),
                RUN,
                kernel("a", "Abs", 1, 10_000)); // a run that is not over
        assertThat(times.of(graph(node(0, "a", "Abs", "x", "y")), Optional::empty))
                .containsExactly(4_500);
    }

    @Test
    void aLoneRunCounts() throws IOException {
        KernelTimes times = read(kernel("Abs_0", "Abs", 1, 0), RUN);
        assertThat(times.of(graph(node(0, "", "Abs", "x", "y")), Optional::empty))
                .containsExactly(0);
    }

    /** ONNX Runtime numbers the nodes of a graph within another from 0 again, so that their names may be those of nodes outside. */
    @Test
    void whatRanWithinANodeIsInItsTimeAlone() throws IOException {
        KernelTimes times = read(
                kernel("first", "Abs", 10, 5),
                kernel("If_1", "If", 22, 3),
                kernel("first", "Abs", 26, 2),
                kernel("If_1", "If", 20, 10),
                RUN);
        assertThat(times.of(graph(node(0, "first", "Abs", "x", "h"), node(1, "", "If", "h", "y")), Optional::empty))
                .containsExactly(5_000, 10_000);
    }

    @Test
    void whatWasFusedStandsAtTheLastOfItsNodes() throws IOException {
        KernelTimes times = read(kernel("c", "Neg", 1, 2), kernel("made", "FusedConv", 4, 40), RUN);
        Graph original =
                graph(node(0, "a", "Conv", "x", "h"), node(1, "b", "Relu", "h", "r"), node(2, "c", "Neg", "r", "y"));
        Graph optimised = graph(node(0, "made", "FusedConv", "x", "r"), node(1, "c", "Neg", "r", "y"));
        assertThat(times.of(original, () -> Optional.of(optimised))).containsExactly(-1, 40_000, 2_000);
        assertThat(times.of(original, Optional::empty)).containsExactly(-1, -1, 2_000);
    }

    @Test
    void aTornProfileIsRefused() throws IOException {
        Path file = folder.resolve("profile.json");
        Files.writeString(file, "[" + kernel("a", "Abs", 1, 1) + ",{\"cat\":");
        assertThatThrownBy(() -> KernelTimes.read(file)).isInstanceOf(InputException.class);
    }

    @Test
    void aWorkerTellsHowLongNodesTook() {
        Tensor weights = Tensor.ofFloats(Shape.of(2, 2, 3, 3), new float[36]);
        Bytes model = new Models()
                .input("x", ElementType.FLOAT32, 1, 2, 64, 64)
                .initializer("w", weights)
                .node("conv", "Conv", List.of("x", "w"), List.of("h"))
                .node("relu", "Relu", List.of("h"), List.of("r"))
                .node("erf", "Erf", List.of("r"), List.of("y"))
                .output("y", ElementType.FLOAT32, 1, 2, 62, 62)
                .opset(17);
        Tensor x = Tensor.ofFloats(Shape.of(1, 2, 64, 64), new float[2 * 64 * 64]);
        Step run = Step.Run.of("m", Map.of("x", x));
        try (WorkerPool pool = WorkerPool.start(WorkerSettings.of("cpu"))) {
            Tensor nanos = closed(pool, new Step.Load("m", model, false, true), run, run, run, new Step.Close("m"))
                    .values()
                    .get(Step.NODE_NANOS)
                    .tensor();
            assertThat(nanos.shape()).isEqualTo(Shape.of(3));
            assertThat(nanos.integer(0))
                    .as("the Conv, fused into what the Relu gives")
                    .isEqualTo(-1);
            assertThat(nanos.integer(1)).isPositive();
            assertThat(nanos.integer(2)).isPositive();
            assertThat(closed(pool, new Step.Load("m", model, true), run, new Step.Close("m"))
                            .values())
                    .isEmpty();
            assertThat(closed(pool, new Step.Load("m", model, true, true), new Step.Close("m"))
                            .values())
                    .as("of a session that did not run")
                    .isEmpty();
            assertThat(closed(pool, new Step.Load("m", model, true, true), run, new Step.Close("m"))
                            .placement())
                    .hasSize(3);
        }
    }

    private static Observation.Outputs closed(WorkerPool pool, Step... steps) {
        List<Observation> told = ((Observation.Transcript) pool.observe(Stimulus.Script.of(steps))).steps();
        return (Observation.Outputs) told.get(steps.length - 1);
    }
}
