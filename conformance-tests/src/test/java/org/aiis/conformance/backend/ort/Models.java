package org.aiis.conformance.backend.ort;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Writes small ONNX models, field by field after onnx.proto. */
public final class Models {
    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    public Models() {
        text(graph, 2, "g");
    }

    /** A node; attributes as made by {@link #integer}. */
    public Models node(String name, String op, List<String> inputs, List<String> outputs, byte[]... attributes) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        inputs.forEach(input -> text(node, 1, input));
        outputs.forEach(output -> text(node, 2, output));
        text(node, 3, name);
        text(node, 4, op);
        for (byte[] attribute : attributes) {
            bytes(node, 5, attribute);
        }
        bytes(graph, 1, node.toByteArray());
        return this;
    }

    /** AttributeProto: name 1, i 3, type 20 (INT 2). */
    public static byte[] integer(String name, long value) {
        ByteArrayOutputStream attribute = new ByteArrayOutputStream();
        text(attribute, 1, name);
        number(attribute, 3, value);
        number(attribute, 20, 2);
        return attribute.toByteArray();
    }

    public Models input(String name, ElementType type, int... dims) {
        bytes(graph, 11, value(name, type, dims));
        return this;
    }

    public Models output(String name, ElementType type, int... dims) {
        bytes(graph, 12, value(name, type, dims));
        return this;
    }

    /** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
    public Models initializer(String name, Tensor tensor) {
        ByteArrayOutputStream proto = new ByteArrayOutputStream();
        tensor.shape().dims().forEach(dim -> number(proto, 1, dim));
        number(proto, 2, tensor.type().onnx());
        text(proto, 8, name);
        bytes(proto, 9, tensor.toByteArray());
        bytes(graph, 5, proto.toByteArray());
        return this;
    }

    /** ModelProto: ir_version 1, graph 7, opset_import 8. */
    public Bytes opset(int version) {
        ByteArrayOutputStream opset = new ByteArrayOutputStream();
        text(opset, 1, "");
        number(opset, 2, version);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        number(model, 1, 8);
        bytes(model, 7, graph.toByteArray());
        bytes(model, 8, opset.toByteArray());
        return Bytes.own(model.toByteArray());
    }

    private static byte[] value(String name, ElementType type, int... dims) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        for (int dim : dims) {
            ByteArrayOutputStream extent = new ByteArrayOutputStream();
            number(extent, 1, dim);
            bytes(shape, 1, extent.toByteArray());
        }
        ByteArrayOutputStream tensorType = new ByteArrayOutputStream();
        number(tensorType, 1, type.onnx());
        bytes(tensorType, 2, shape.toByteArray());
        ByteArrayOutputStream typeProto = new ByteArrayOutputStream();
        bytes(typeProto, 1, tensorType.toByteArray());
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        text(info, 1, name);
        bytes(info, 2, typeProto.toByteArray());
        return info.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, int field, String text) {
        bytes(out, field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] bytes) {
        varint(out, (long) field << 3 | 2);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, (long) field << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
