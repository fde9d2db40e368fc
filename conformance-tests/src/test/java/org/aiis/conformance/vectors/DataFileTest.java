package org.aiis.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aiis.onnx.TypeProto;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;

/** The field numbers are those of onnx-data.proto: name 1, elem_type 2, tensor 3, sparse 4, sequence 5, map 6, optional 7. */
class DataFileTest {
    private static final TypeProto TENSOR = TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))
            .build();
    private static final TypeProto SEQUENCE = TypeProto.newBuilder()
            .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(TENSOR))
            .build();
    private static final TypeProto OPTIONAL = TypeProto.newBuilder()
            .setOptionalType(TypeProto.Optional.newBuilder().setElemType(TENSOR))
            .build();

    private static Datum read(byte[] content, TypeProto type) {
        return new DataFile("input_0.pb", new ExternalData(Path.of(""))).read(content, type);
    }

    private static byte[] message(int field, byte[]... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(1, "name");
        out.writeInt32(2, 1);
        for (byte[] value : values) {
            out.writeByteArray(field, value);
        }
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void aSequenceHoldsItsTensorsInOrder() throws IOException {
        byte[] file = message(3, Written.proto("", Written.floats(1)), Written.proto("", Written.floats(2, 3)));

        assertThat(read(file, SEQUENCE))
                .isEqualTo(new Datum.Sequence(List.of(Written.floats(1), Written.floats(2, 3))));
    }

    @Test
    void anOptionalHoldsItsTensor() throws IOException {
        assertThat(read(message(3, Written.proto("", Written.floats(1))), OPTIONAL))
                .isEqualTo(new Datum.Plain(Written.floats(1)));
    }

    @Test
    void anOptionalHoldsItsSequence() throws IOException {
        byte[] sequence = message(3, Written.proto("", Written.floats(1)));

        assertThat(read(message(5, sequence), OPTIONAL)).isEqualTo(new Datum.Sequence(List.of(Written.floats(1))));
    }

    @Test
    void anOptionalWithoutAValueIsAbsent() throws IOException {
        assertThat(read(message(3), OPTIONAL)).isEqualTo(new Datum.Absent());
    }

    @Test
    void aSequenceOfMapsCannotCross() throws IOException {
        byte[] file = message(6, new byte[0]);

        assertThatThrownBy(() -> read(file, SEQUENCE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a map");
    }

    @Test
    void aCutOffFileIsRefused() throws IOException {
        byte[] whole = message(3, Written.proto("", Written.floats(1, 2, 3)));
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);

        assertThatThrownBy(() -> read(cut, SEQUENCE)).isInstanceOf(InputException.class);
    }
}
