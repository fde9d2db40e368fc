package org.aiis.reference.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;

/** Reads models with bounded depth. */
public final class Models {
    private static final int DEEPEST = 64;

    /** A larger model is not worth the memory. */
    private static final int LARGEST_KNOWN = 1 << 20;

    private static final ThreadLocal<Optional<Written>> LAST = ThreadLocal.withInitial(Optional::empty);

    /** A model and its bytes. */
    public record Written(ModelProto model, Bytes bytes) {}

    private Models() {}

    /** Serialises a model. What a thread wrote last is not read again when it comes back: it has a model of each case in hand. */
    public static Bytes write(ModelProto model) {
        Bytes bytes = Bytes.own(model.toByteArray());
        inHand(new Written(model, bytes));
        return bytes;
    }

    /** What {@link #write} made of a model before, maybe in another thread, has come to hand again. */
    public static void inHand(Written written) {
        boolean known = written.bytes().size() <= LARGEST_KNOWN && isFlat(written.model());
        LAST.set(known ? Optional.of(written) : Optional.empty());
    }

    /** Whether nothing in it nests, so that no depth of it could be refused. */
    private static boolean isFlat(ModelProto model) {
        GraphProto graph = model.getGraph();
        for (NodeProto node : graph.getNodeList()) {
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG() || attribute.getGraphsCount() > 0 || attribute.hasTp()) {
                    return false;
                }
            }
        }
        return model.getFunctionsCount() == 0
                && areTensors(graph.getInputList())
                && areTensors(graph.getOutputList())
                && areTensors(graph.getValueInfoList());
    }

    private static boolean areTensors(List<ValueInfoProto> values) {
        for (ValueInfoProto value : values) {
            if (!value.getType().hasTensorType()) {
                return false;
            }
        }
        return true;
    }

    /** The model that {@link #write} made these bytes of, where this thread wrote no other since. */
    @SuppressWarnings("ReferenceEquality") // Of other bytes nobody knows who wrote them.
    public static Optional<ModelProto> written(Bytes bytes) {
        return LAST.get().filter(last -> last.bytes() == bytes).map(Written::model);
    }

    /**
     * Parses a model.
     *
     * @throws Oracle.Refusal when the bytes are no model
     */
    public static ModelProto parse(Bytes bytes) {
        return written(bytes).orElseGet(() -> read(bytes));
    }

    private static ModelProto read(Bytes bytes) {
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
