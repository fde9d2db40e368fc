package org.aiis.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.StringStringEntryProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFolderTest {
    @TempDir
    Path folder;

    private Path doubling(String name) {
        return Written.vector(
                folder, name, Written.doubling(), List.of(Written.floats(1, 2, 3)), List.of(Written.floats(2, 4, 6)));
    }

    @Test
    void eachFolderWithAModelIsACase() throws IOException {
        doubling("test_b");
        doubling("test_a");
        Files.createDirectories(folder.resolve("no-case"));

        assertThat(VectorFolder.scan(folder).cases())
                .extracting(VectorFolder.Vectors::name)
                .containsExactly("test_a", "test_b");
    }

    @Test
    void aFolderThatIsACaseIsTakenAsOne() {
        assertThat(VectorFolder.scan(doubling("alone")).cases())
                .extracting(VectorFolder.Vectors::name)
                .containsExactly("alone");
    }

    @Test
    void theDigestFollowsEveryByteOfEveryFile() throws IOException {
        Path at = doubling("test_a");
        String before = VectorFolder.scan(folder).digest();

        Files.write(at.resolve("test_data_set_0/output_0.pb"), Written.proto("", Written.floats(2, 4, 7)));

        assertThat(VectorFolder.scan(folder).digest()).isNotEqualTo(before);
    }

    @Test
    void aFolderWithoutACaseIsRefused() {
        assertThatThrownBy(() -> VectorFolder.scan(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no case");
    }

    @Test
    void aNameThatIsNoPlainOneIsRefused() {
        doubling("a case");

        assertThatThrownBy(() -> VectorFolder.scan(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'a case'");
    }

    @Test
    void aModelBehindALinkIsNoCase() throws IOException {
        Path at = doubling("test_a");
        Files.createDirectories(folder.resolve("test_b"));
        Files.createSymbolicLink(folder.resolve("test_b/model.onnx"), at.resolve("model.onnx"));

        assertThat(VectorFolder.scan(folder).cases()).hasSize(1);
    }

    @Test
    void dataBeyondTheInputsOfTheModelIsRefused() {
        Path at = doubling("test_a");
        Written.put(at, "test_data_set_0/input_1.pb", Written.proto("", Written.floats(1)));

        assertThatThrownBy(this::readFirst).hasMessageContaining("the model has only 1 inputs");
    }

    @Test
    void aFileThatIsNoTensorIsRefusedByName() {
        Path at = doubling("test_a");
        Written.put(at, "test_data_set_0/input_0.pb", "not a tensor".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::readFirst).isInstanceOf(InputException.class).hasMessageContaining("input_0.pb");
    }

    @Test
    void aToleranceOfTheCasesOwnIsRead() {
        Path at = doubling("test_a");
        Written.put(at, "data.json", "{\"rtol\": 0.5, \"url\": \"x\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(readFirst().tolerance()).containsOnlyKeys("rtol").containsValue(0.5);
    }

    @Test
    void dataBesideTheModelIsPutIntoIt() {
        Path at = external("weights.bin", "8", "12");
        Written.put(at, "weights.bin", new byte[20]);

        Tensor weight = TensorProtos.read(
                Models.parse(readFirst().run().model()).getGraph().getInitializer(0));

        assertThat(weight).isEqualTo(Written.floats(0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.bin", "/etc/hostname", "", "linked.bin", "sub/../../outside.bin", "."})
    void dataOutsideTheModelsFolderIsRefused(String location) throws IOException {
        Path at = external(location, "0", "12");
        Written.put(folder, "outside.bin", new byte[12]);
        Files.createSymbolicLink(at.resolve("linked.bin"), folder.resolve("outside.bin"));

        assertThatThrownBy(this::readFirst)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no file inside the model's folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "999999999999", "-1", "x"})
    void anOffsetOutsideTheFileIsRefused(String offset) {
        Path at = external("weights.bin", offset, "12");
        Written.put(at, "weights.bin", new byte[12]);

        assertThatThrownBy(this::readFirst).isInstanceOf(InputException.class).hasMessageContaining("weights.bin");
    }

    @Test
    void aLargeFileThatManyTensorsNameIsRefusedBeforeItIsRead() throws IOException {
        Path at = Written.vector(
                folder, "test_a", namedOften("weights.bin", 5), List.of(Written.floats(1, 2, 3)), List.of());
        try (var file = new java.io.RandomAccessFile(at.resolve("weights.bin").toFile(), "rw")) {
            file.setLength(100 << 20);
        }

        assertThatThrownBy(this::readFirst).isInstanceOf(InputException.class).hasMessageContaining("256 MiB");
    }

    private static Bytes namedOften(String location, int times) {
        ModelProto plain = Models.parse(Written.doubling());
        GraphProto.Builder graph = plain.getGraph().toBuilder();
        for (int i = 0; i < times; i++) {
            graph.addInitializer(TensorProto.newBuilder()
                    .setName("w" + i)
                    .setDataType(2)
                    .addDims(100 << 20)
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue(location)));
        }
        return Bytes.own(plain.toBuilder().setGraph(graph).build().toByteArray());
    }

    private DataSet readFirst() {
        return DataSet.read(VectorFolder.scan(folder).cases().get(0), 0);
    }

    private Path external(String location, String offset, String length) {
        TensorProto weight = TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(3)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("offset").setValue(offset))
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("length").setValue(length))
                .build();
        ModelProto plain = Models.parse(Written.doubling());
        GraphProto graph = plain.getGraph().toBuilder().addInitializer(weight).build();
        Bytes model = Bytes.own(plain.toBuilder().setGraph(graph).build().toByteArray());
        return Written.vector(
                folder, "test_a", model, List.of(Written.floats(1, 2, 3)), List.of(Written.floats(2, 4, 6)));
    }
}
