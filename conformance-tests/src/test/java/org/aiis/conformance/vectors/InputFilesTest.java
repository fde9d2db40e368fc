package org.aiis.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that NumPy 2.4.6 wrote are read as it means them, and what is none is refused with a reason. */
class InputFilesTest {
    /** {@code numpy.lib.format.write_array} of [[1, 2, 3], [4, 5, 6]], little-endian float32. */
    private static final String PLAIN =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAg"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQAAAQEAAAIBA"
                    + "AACgQAAAwEA=";
    /** The same in Fortran's order, big-endian. */
    private static final String FORTRAN =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAg"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/gAAAQIAAAEAAAABAoAAA"
                    + "QEAAAEDAAAA=";
    /** 7 as int64, of rank 0. */
    private static final String SCALAR =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAg"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoHAAAAAAAAAA==";
    /** [{'a': 1}], which is a pickle inside. */
    private static final String OBJECT =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnfE8nLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwpLCB9ICAgICAg"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqABJWSAAAAAAAAAIwWbnVt"
                    + "cHkuX2NvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsB"
                    + "SwGFlGgDjAVkdHlwZZSTlIwCTziUiYiHlFKUKEsDjAF8lE5OTkr/////Sv////9LP3SUYoldlH2UjAFhlEsBc2F0lGIu";
    /** [1, −2] as int16, version 2 of the format. */
    private static final String VERSION_2 =
            "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8aTInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAg"
                    + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAP7/";
    /** {@code numpy.savez_compressed} of x as PLAIN and n = [3] as int64. */
    private static final String ARCHIVE =
            "UEsDBC0AAAAIAAAAIQB8nN6i//////////8FABQAeC5ucHkBABAAmAAAAAAAAABYAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxc"
                    + "pG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgaGBnsGBgYHIALiBiBeAMQHHABQ"
                    + "SwMELQAAAAgAAAAhAEOdMRz//////////wUAFABuLm5weQEAEACIAAAAAAAAAEgAAAAAAAAAm+wX6hsQychQxlCtnpJanFyk"
                    + "bqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjqaOgq1ChQALmYGCAAAUEsBAi0DLQAAAAgAAAAhAHyc"
                    + "3qJYAAAAmAAAAAUAAAAAAAAAAAAAAIABAAAAAHgubnB5UEsBAi0DLQAAAAgAAAAhAEOdMRxIAAAAiAAAAAUAAAAAAAAAAAAA"
                    + "AIABjwAAAG4ubnB5UEsFBgAAAAACAAIAZgAAAA4BAAAAAA==";

    private static final Tensor X = Tensor.ofFloats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

    @TempDir
    Path folder = Path.of("");

    private static ModelFile model(Object... extents) {
        return new ModelFile(Models.parse(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, extents)
                .node("Abs", List.of("x"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build()));
    }

    private static ModelFile two() {
        return new ModelFile(Models.parse(new ModelBuilder(17)
                .input("x", ElementType.FLOAT32, 2, "n")
                .input("n", ElementType.INT64, 1)
                .node("Expand", List.of("x", "n"), List.of("y"))
                .openOutput("y", ElementType.FLOAT32)
                .build()));
    }

    private static Tensor array(String base64) {
        return NumpyArray.read("a.npy", Base64.getDecoder().decode(base64));
    }

    @Test
    void arraysAreReadInEitherOrderOfBytesAndOfAxes() {
        assertThat(array(PLAIN)).isEqualTo(X);
        assertThat(array(FORTRAN)).isEqualTo(X);
        assertThat(array(SCALAR)).isEqualTo(Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 7));
        assertThat(array(VERSION_2)).isEqualTo(Tensor.ofLongs(ElementType.INT16, Shape.of(2), 1, -2));
    }

    @Test
    void aPickleIsRefusedUnread() {
        assertThatThrownBy(() -> array(OBJECT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("objects");
    }

    @Test
    void everyPrefixOfAnArrayIsRefused() {
        byte[] whole = Base64.getDecoder().decode(PLAIN);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NumpyArray.read("a.npy", part)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void aHugeShapeIsRefusedBeforeMemoryIsTaken() {
        byte[] content = Base64.getDecoder().decode(PLAIN);
        byte[] shape = "(99999, 99999), }".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(
                shape, 0, content, 10 + "{'descr': '<f4', 'fortran_order': False, 'shape': ".length(), shape.length);
        assertThatThrownBy(() -> NumpyArray.read("a.npy", content)).isInstanceOf(InputException.class);
    }

    @Test
    void oneArrayFeedsAModelOfOneInput() throws IOException {
        Path file = Files.write(folder.resolve("a.npy"), Base64.getDecoder().decode(PLAIN));

        assertThat(read(model(2, 3), file)).containsOnlyKeys("x").containsValue(X);
        assertThatThrownBy(() -> InputFiles.read(two(), file)).hasMessageContaining("2 inputs");
    }

    @Test
    void anArchiveAndAFolderOfArraysFeedByName() throws IOException {
        Path archive = Files.write(folder.resolve("a.npz"), Base64.getDecoder().decode(ARCHIVE));
        Path arrays = Files.createDirectory(folder.resolve("arrays"));
        Files.write(arrays.resolve("x.npy"), Base64.getDecoder().decode(PLAIN));

        assertThat(read(two(), archive)).containsEntry("x", X);
        assertThat(read(model(2, 3), arrays)).containsEntry("x", X);
        assertThatThrownBy(() -> InputFiles.read(two(), arrays)).hasMessageContaining("input 'n'");
    }

    @Test
    void eachDataSetOfACaseIsRead() throws IOException {
        for (int i = 0; i < 2; i++) {
            Path set = Files.createDirectory(folder.resolve("test_data_set_" + i));
            Files.write(set.resolve("input_0.pb"), TensorProtos.write("x", X).toByteArray());
        }

        assertThat(InputFiles.read(model(2, 3), folder)).containsOnlyKeys("test_data_set_0", "test_data_set_1");
    }

    @Test
    void whatDoesNotFitIsNamedWithWhatTheGraphTakes() throws IOException {
        Path file = Files.write(folder.resolve("a.npy"), Base64.getDecoder().decode(PLAIN));

        assertThatThrownBy(() -> InputFiles.read(model("n", 4), file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("input 'x' takes float32[n, 4], found float32[2, 3]");
    }

    @Test
    void anArchiveThatUnpacksWithoutEndIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 257; i++) {
                zip.write(zeros);
            }
        }
        Path file = Files.write(folder.resolve("bomb.npz"), bytes.toByteArray());

        assertThatThrownBy(() -> InputFiles.read(model(2, 3), file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("256 MiB");
    }

    private static SortedMap<String, Tensor> read(ModelFile model, Path from) {
        return InputFiles.read(model, from).values().iterator().next();
    }
}
