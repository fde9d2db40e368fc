package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiis bisect}: what a person sees, what is left behind, and how bad input is told. */
class BisectCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Path model(ModelBuilder builder) throws IOException {
        Path file = folder.resolve("model.onnx");
        byte[] bytes = new byte[builder.build().size()];
        builder.build().view().get(bytes);
        Files.write(file, bytes);
        return file;
    }

    private static ModelBuilder leaky() {
        return new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, "batch", 8)
                .node("Tanh", List.of("x"), List.of("t"))
                .node("LeakyRelu", List.of("t"), List.of("l"))
                .node("Exp", List.of("l"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32);
    }

    @Test
    void aFaultIsNamedAndLeftByItselfSoThatReplayShowsItAgain() throws IOException {
        Path fault = folder.resolve("fault");
        String said = bisect(
                model(leaky()), "--backend", "faulty:leaky-alpha", "--extent", "batch=3", "--out", fault.toString());

        assertThat(said).startsWith("1 ").contains("node     n1 (LeakyRelu)").contains("by itself " + fault);
        assertThat(run("replay", fault.toString(), "--backend", "faulty:leaky-alpha"))
                .startsWith("1 ");
        assertThat(run("replay", fault.toString(), "--backend", "cpu")).startsWith("0 ");
    }

    @Test
    void whatAnEarlierRunLeftIsToldWithBothRuns() throws IOException {
        Path fault = folder.resolve("fault");
        Path model = model(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2, 3)
                .node("Tanh", List.of("x"), List.of("t"))
                .node("Add", List.of("t", "x"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32));
        assertThat(bisect(model, "--backend", "faulty:sum-of-another-session", "--out", fault.toString()))
                .startsWith("1 ")
                .contains("model    PASS", "second   FAIL", "node     n1 (Add)", "what an earlier run left");
        assertThat(fault.resolve("README.txt")).content().contains("judges the second run");
        for (String backend : List.of("faulty:sum-of-another-session", "cpu")) {
            String code = backend.equals("cpu") ? "0 " : "1 ";
            assertThat(run("replay", fault.toString(), "--backend", backend)).startsWith(code);
            assertThat(run("replay", fault.toString(), "--backend", backend, "--alone"))
                    .startsWith("0 ");
        }
        assertThat(run("replay", fault.toString(), "--shrink")).startsWith("2 ").contains("earlier");
    }

    @Test
    void aRightBackendLeavesNothing() throws IOException {
        Path fault = folder.resolve("fault");
        assertThat(bisect(model(leaky()), "--out", fault.toString()))
                .startsWith("0 ")
                .contains("no fault seen");
        assertThat(fault).doesNotExist();
    }

    @Test
    void whatIsNoModelIsTold() throws IOException {
        Path file = folder.resolve("cut.onnx");
        byte[] whole = Files.readAllBytes(model(leaky()));
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(bisect(file)).startsWith("2 ").contains("not a serialised model");
        assertThat(bisect(folder.resolve("none.onnx"))).startsWith("2 ").contains("no such file");
    }

    @Test
    void aCycleIsToldByANodeOfIt() throws IOException {
        Path file = model(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2)
                .node("Add", List.of("x", "b"), List.of("a"))
                .node("Relu", List.of("a"), List.of("b"))
                .openOutput("b", ElementType.FLOAT32));
        assertThat(bisect(file)).startsWith("2 ").contains("node 'n0' (Add) reads what depends on its own result");
    }

    @Test
    void anOperatorThatTheOracleDoesNotKnowIsNamed() throws IOException {
        Path file = model(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2)
                .node("Frobnicate", List.of("x"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32));
        assertThat(bisect(file)).startsWith("2 ").contains("Frobnicate");
    }

    @Test
    void aMissingInputIsToldByFileAndName() throws IOException {
        Path inputs = Files.createDirectory(folder.resolve("test_data_set_0"));
        assertThat(bisect(model(leaky()), "--inputs", inputs.toString()))
                .startsWith("2 ")
                .contains("input_0.pb")
                .contains("input 'x' needs it");
    }

    private String bisect(Path model, String... more) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("bisect", model.toString()), java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        return run(all);
    }

    private static String run(String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Main.execute(stream, stream, args);
        return code + " " + said.toString(StandardCharsets.UTF_8);
    }
}
