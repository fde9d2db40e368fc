package org.aiis.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiis check}: right backends pass, wrong ones do not, what cannot be told is said, and so is bad input. */
class CheckCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Path model(ModelBuilder builder) throws IOException {
        return written(Models.parse(builder.build()));
    }

    private Path written(ModelProto model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model.toByteArray());
    }

    private static ModelBuilder network() {
        float[] weights = new float[64];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i * 37 % 64 - 31) / 100f;
        }
        return new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, "batch", 8)
                .initializer("w", Tensor.ofFloats(Shape.of(8, 8), weights))
                .node("MatMul", List.of("x", "w"), List.of("m"))
                .node("Erf", List.of("m"), List.of("e"))
                .node("MatMul", List.of("e", "w"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32);
    }

    @Test
    void aRightBackendPassesAndEverythingIsSaidOfIt() throws IOException {
        assertThat(check(model(network()), "--backend", "cpu", "--shape", "batch=5"))
                .startsWith("0 ")
                .contains("x float32[5, 8]", "outputs   PASS", "y float32[5, 8]: off by")
                .contains("CPUExecutionProvider", "two runs of a session gave the same bits", "latency", "MiB");
    }

    @Test
    void lessPreciseProductsFailUnlessTheyAreTold() throws IOException {
        assertThat(check(model(network()), "--backend", "faulty:tf32-products"))
                .startsWith("1 ")
                .contains("outputs   FAIL (value)");
    }

    @Test
    void aModelThatShakesSoMuchThatFaultsPassIsSaidToDoSo() throws IOException {
        Path cancelling = model(network()
                .initializer("large", Tensor.ofFloats(Shape.SCALAR, 1e6f))
                .node("Add", List.of("y", "large"), List.of("far"))
                .node("Sub", List.of("far", "large"), List.of("near"))
                .openOutput("near", ElementType.FLOAT32));
        assertThat(check(cancelling, "--backend", "cpu"))
                .contains("near: this check would not notice small faults here", "'aiis bisect'")
                .doesNotContain("y: this check would not");
    }

    @Test
    void aDeathIsAFailure() throws IOException {
        assertThat(check(model(network()), "--backend", "faulty:dies-on-erf"))
                .startsWith("1 ")
                .contains("outputs   FAIL (crashed)");
    }

    @Test
    void whatASessionKeepsOfOtherInputsIsAFailure() throws IOException {
        for (String fault : List.of("product-kept", "state-kept")) {
            assertThat(check(model(network()), "--backend", "faulty:" + fault))
                    .startsWith("1 ")
                    .contains("outputs   FAIL (value)  in a session that was run with other inputs before")
                    .contains("two runs of a session gave the same bits, another session gave other bits");
        }
    }

    private static ModelBuilder foreign() {
        ModelBuilder model = new ModelBuilder(17).importing("com.microsoft", 1).input("x", ElementType.FLOAT32, 1, 8);
        return model.node("Tanh", List.of("x"), List.of("t"))
                .node("com.microsoft", "QuickGelu", List.of("t"), List.of("g"), List.of())
                .node("Exp", List.of("g"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32);
    }

    @Test
    void anOperatorOfAnUnknownDomainIsNamedAndNothingIsClaimed() throws IOException {
        assertThat(check(model(foreign())))
                .startsWith("3 ")
                .contains("does not know node 'n1' (QuickGelu of com.microsoft)", "--reference")
                .contains("INCONCLUSIVE (oracle)");
    }

    @Test
    void aReferenceRunsItInTheOraclesPlace() throws IOException {
        assertThat(check(model(foreign()), "--reference", "cpu"))
                .startsWith("0 ")
                .contains("ran them in its place", "outputs   PASS");
    }

    @Test
    void wrongTypesAreToldWithTheNode() throws IOException {
        Path file = model(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2)
                .input("k", ElementType.INT64, 2)
                .node("Add", List.of("x", "k"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32));
        assertThat(check(file))
                .startsWith("2 ")
                .contains("node 'n0' (Add)", "int64")
                .hasLineCount(1);
    }

    @Test
    void aCutModelAndACycleAreTold() throws IOException {
        Path file = folder.resolve("cut.onnx");
        byte[] whole = Files.readAllBytes(model(network()));
        Files.write(file, Arrays.copyOf(whole, whole.length - 7));
        assertThat(check(file))
                .startsWith("2 ")
                .contains("not a serialised model")
                .hasLineCount(1);
        Path cycle = model(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2)
                .node("Add", List.of("x", "b"), List.of("a"))
                .node("Relu", List.of("a"), List.of("b"))
                .openOutput("b", ElementType.FLOAT32));
        assertThat(check(cycle)).startsWith("2 ").contains("node 'n0' (Add)").hasLineCount(1);
    }

    /** Whose weights lie in the file w.bin beside it. */
    private static ModelProto external() {
        ModelProto.Builder model = Models.parse(network().build()).toBuilder();
        model.getGraphBuilder()
                .getInitializerBuilder(0)
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("w.bin"));
        return model.build();
    }

    @Test
    void aMissingFileOfDataIsToldWithItsTensor() throws IOException {
        assertThat(check(written(external())))
                .startsWith("2 ")
                .contains("tensor 'w'", "w.bin")
                .hasLineCount(1);
    }

    @Test
    void moreDataThanATensorHasAreToldWithIt() throws IOException {
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("w.bin").toFile(), "rw")) {
            large.setLength(600L << 20); // Sparse.
        }
        assertThat(check(written(external()), "--in-files"))
                .startsWith("2 ")
                .contains("tensor 'w'", "629145600 bytes, where its type and shape need 256")
                .hasLineCount(1);
        assertThat(check(written(external())))
                .startsWith("2 ")
                .contains("the model takes more than 500 MiB")
                .hasLineCount(1);
    }

    /** The model whose weights lie in a file, with that file. */
    private Path inFiles() throws IOException {
        Files.write(
                folder.resolve("w.bin"),
                Models.parse(network().build())
                        .getGraph()
                        .getInitializer(0)
                        .getRawData()
                        .toByteArray());
        return written(external());
    }

    @Test
    void dataThatStayInFilesAreReadByTheOracleAndByBackends() throws IOException {
        for (String backend : new String[] {"cpu", "reference"}) {
            assertThat(check(inFiles(), "--in-files", "--backend", backend, "--shape", "batch=3"))
                    .startsWith("0 ")
                    .contains(
                            "outputs   PASS", "y float32[3, 8]", "3 nodes " + (backend.equals("cpu") ? "CPU" : "Ref"));
        }
        assertThat(check(inFiles(), "--in-files", "--backend", "faulty:tf32-products"))
                .startsWith("1 ")
                .contains("outputs   FAIL (value)");
        assertThat(folder).isDirectoryNotContaining("glob:**aiis-workers-*");
    }

    @Test
    void aModelInOneFileIsTakenApartWithoutACopyInMemory() throws IOException {
        float[] weights = new float[64 * 64]; // 16 KiB: less than 4 KiB would stay in the model.
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i * 37 % 64 - 31) / 400f;
        }
        Path model = model(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, "batch", 64)
                .initializer("w", Tensor.ofFloats(Shape.of(64, 64), weights))
                .initializer("small", Tensor.ofFloats(Shape.of(2), 1, 2))
                .node("MatMul", List.of("x", "w"), List.of("m"))
                .node("MatMul", List.of("m", "w"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32));
        for (String backend : new String[] {"cpu", "reference"}) {
            assertThat(check(model, "--in-files", "--backend", backend))
                    .startsWith("0 ")
                    .contains("outputs   PASS");
        }
    }

    @Test
    void aLocationThatLeadsOutIsRefusedWhereverTheDataStay() throws IOException {
        Path model = inFiles();
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("link.bin"), folder.resolve("w.bin"));
        for (String location : new String[] {"../w.bin", folder.resolve("w.bin").toString(), "link.bin", "", "."}) {
            ModelProto.Builder hostile =
                    Models.parse(org.aiis.spec.tensor.Bytes.own(Files.readAllBytes(model))).toBuilder();
            hostile.getGraphBuilder()
                    .getInitializerBuilder(0)
                    .getExternalDataBuilder(0)
                    .setValue(location);
            Path out = Files.write(inner.resolve("model.onnx"), hostile.build().toByteArray());
            assertThat(check(out, "--in-files"))
                    .startsWith("2 ")
                    .contains("tensor 'w'", "no file inside")
                    .hasLineCount(1);
        }
    }

    @Test
    void aShapeThatNamesNothingIsTold() throws IOException {
        assertThat(check(model(network()), "--shape", "bacth=2"))
                .startsWith("2 ")
                .contains("'bacth'", "batch");
        assertThat(check(model(network()), "--shape", "x=2,9"))
                .startsWith("2 ")
                .contains("input 'x' takes float32[batch, 8], found float32[2, 9]");
    }

    @Test
    void extentsThatAnExporterDidNotKnowAreReadAsUnknown() throws IOException {
        ModelProto.Builder model = Models.parse(network().build()).toBuilder();
        model.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(0)
                .setDimValue(-1);
        assertThat(check(written(model.build()))).startsWith("0 ").contains("note", "read as unknown: x");
    }

    private static String check(Path model, String... more) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Main.execute(
                stream,
                stream,
                Stream.concat(Stream.of("check", model.toString()), Stream.of(more))
                        .toArray(String[]::new));
        return code + " " + said.toString(StandardCharsets.UTF_8);
    }
}
