package org.aiis.conformance.vectors;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.TypeProto;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Tensor;

/**
 * Reads {@code input_<i>.pb} and {@code output_<i>.pb}: a TensorProto, SequenceProto or OptionalProto, as the type that the
 * model declares says. The last two are onnx-data.proto's; of both, name = 1 and elem_type = 2, then by field number tensor
 * 3, sparse tensor 4, sequence 5, map 6, optional 7.
 */
record DataFile(String name, ExternalData external) {
    private static final int DEEPEST = 16;
    private static final int MOST_ELEMENTS = 10_000;
    private static final int TENSOR = 3;
    private static final int SEQUENCE = 5;

    Datum read(byte[] content, TypeProto type) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(content);
            in.setRecursionLimit(DEEPEST);
            return switch (type.getValueCase()) {
                case TENSOR_TYPE -> new Datum.Plain(tensor(TensorProto.parseFrom(in)));
                case SEQUENCE_TYPE -> sequence(in);
                case OPTIONAL_TYPE -> optional(in);
                case MAP_TYPE -> throw undrivable("a map cannot cross the worker port, which carries tensors only");
                case VALUE_NOT_SET -> throw undrivable("the model declares no tensor, sequence or optional for it");
            };
        } catch (InvalidProtocolBufferException e) {
            throw undrivable("not the protobuf message that the model's type asks for: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tensor tensor(TensorProto proto) {
        try {
            return TensorProtos.read(external.inlined(proto));
        } catch (Oracle.Refusal refused) {
            throw undrivable(String.valueOf(refused.getMessage()));
        }
    }

    private Datum sequence(CodedInputStream in) throws IOException {
        List<Tensor> elements = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, TENSOR)) {
                if (elements.size() == MOST_ELEMENTS) {
                    throw undrivable("a sequence of more than " + MOST_ELEMENTS + " tensors");
                }
                elements.add(tensor(TensorProto.parseFrom(in.readBytes())));
            } else {
                skip(in, tag);
            }
        }
        return new Datum.Sequence(elements);
    }

    private Datum optional(CodedInputStream in) throws IOException {
        Optional<Datum> value = Optional.empty();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, TENSOR)) {
                value = Optional.of(new Datum.Plain(tensor(TensorProto.parseFrom(in.readBytes()))));
            } else if (isMessage(tag, SEQUENCE)) {
                value = Optional.of(sequence(CodedInputStream.newInstance(in.readByteArray())));
            } else {
                skip(in, tag);
            }
        }
        return value.orElseGet(Datum.Absent::new);
    }

    private static boolean isMessage(int tag, int field) {
        return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    /** Name and element type say nothing that the values do not; every other kind of value is one that cannot cross. */
    private void skip(CodedInputStream in, int tag) throws IOException {
        if (WireFormat.getTagFieldNumber(tag) > 2) {
            throw undrivable("holds a sparse tensor, a map, or a sequence or optional inside another");
        }
        in.skipField(tag);
    }

    private InputException undrivable(String why) {
        return InputException.of(name + ": " + why, "");
    }
}
