package org.aiis.conformance.vectors;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.port.Oracle;

/**
 * A model file of hundreds of MiB, whose initializers lie in the file itself. It is mapped, and what they hold is no copy of it; where
 * in the file they lie is read from the wire format. Source of the numbers of fields: ONNX, onnx.proto.
 */
final class LargeFile {
    private static final int GRAPH = 7;
    private static final int INITIALIZER = 5;
    private static final int RAW_DATA = 9;
    private static final int DEEPEST = 64;

    /** What is less stays in the model. */
    private static final int SMALL = 4096;

    private LargeFile() {}

    /** The model without what its large initializers hold, and where these lie. */
    record Read(ModelProto model, Map<Integer, Beside.Part> parts) {}

    /** @throws Oracle.Refusal when it is no model */
    static Read of(Path file) {
        try (FileChannel channel = FileChannel.open(file, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw InputException.of(
                        file + ": larger than 2 GiB, which no serialised model is",
                        "save it with its data in files beside it");
            }
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            ModelProto model = ModelProto.parseFrom(input(mapped));
            Map<Integer, Beside.Part> parts = new HashMap<>();
            within(input(mapped), GRAPH, graph -> initializers(graph, parts));
            return new Read(without(model, parts), parts);
        } catch (InvalidProtocolBufferException e) {
            throw Models.unreadable(e);
        } catch (IOException e) {
            throw InputException.because(file + ": cannot be read", e);
        }
    }

    private static CodedInputStream input(MappedByteBuffer mapped) {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(mapped).newCodedInput();
        in.enableAliasing(true);
        in.setRecursionLimit(DEEPEST);
        return in;
    }

    private interface Reading {
        void read(CodedInputStream in) throws IOException;
    }

    private static void initializers(CodedInputStream graph, Map<Integer, Beside.Part> parts) throws IOException {
        int[] at = {0};
        within(graph, INITIALIZER, tensor -> {
            int number = at[0]++;
            within(tensor, RAW_DATA, data -> {
                long length = data.getBytesUntilLimit();
                if (length >= SMALL) {
                    parts.put(number, new Beside.Part(data.getTotalBytesRead(), length));
                } else {
                    parts.remove(number);
                }
                data.skipRawBytes((int) length);
            });
        });
    }

    /** Each message of a field, up to the limit of the stream. */
    private static void within(CodedInputStream in, int field, Reading reading) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                int before = in.pushLimit(in.readRawVarint32());
                reading.read(in);
                in.popLimit(before);
            } else {
                in.skipField(tag);
            }
        }
    }

    private static ModelProto without(ModelProto model, Map<Integer, Beside.Part> parts) {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        parts.keySet().removeIf(i -> i >= graph.getInitializerCount());
        parts.keySet().forEach(i -> graph.getInitializerBuilder(i).clearRawData());
        return model.toBuilder().setGraph(graph).build();
    }
}
