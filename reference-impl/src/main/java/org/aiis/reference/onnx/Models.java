package org.aiis.reference.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.aiis.onnx.ModelProto;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;

/** Reads models with bounded depth. */
public final class Models {
    private static final int DEEPEST = 64;

    private Models() {}

    /**
     * Parses a model.
     *
     * @throws Oracle.Refusal when the bytes are no model
     */
    public static ModelProto parse(Bytes bytes) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes.view());
            in.setRecursionLimit(DEEPEST);
            return ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is no model, with the first sentence of what the parser says of it: the rest guesses why. */
    public static Oracle.Refusal unreadable(InvalidProtocolBufferException e) {
        String said = String.valueOf(e.getMessage());
        int end = said.indexOf(". ");
        return new Oracle.Refusal(true, "not a serialised model: " + (end < 0 ? said : said.substring(0, end)));
    }
}
