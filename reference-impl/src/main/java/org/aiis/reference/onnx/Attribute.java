package org.aiis.reference.onnx;

import com.google.protobuf.ByteString;
import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.onnx.GraphProto;
import org.aiis.spec.tensor.Tensor;

/** Attributes of a node. */
public final class Attribute {
    private Attribute() {}

    public static AttributeProto of(String name, long value) {
        return named(name, AttributeType.INT).setI(value).build();
    }

    public static AttributeProto of(String name, float value) {
        return named(name, AttributeType.FLOAT).setF(value).build();
    }

    public static AttributeProto of(String name, String value) {
        return named(name, AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto of(String name, Tensor value) {
        return named(name, AttributeType.TENSOR)
                .setT(TensorProtos.write("", value))
                .build();
    }

    public static AttributeProto of(String name, GraphProto value) {
        return named(name, AttributeType.GRAPH).setG(value).build();
    }

    public static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute = named(name, AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    public static AttributeProto floats(String name, float... values) {
        AttributeProto.Builder attribute = named(name, AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    public static AttributeProto strings(String name, List<String> values) {
        AttributeProto.Builder attribute = named(name, AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    private static AttributeProto.Builder named(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
