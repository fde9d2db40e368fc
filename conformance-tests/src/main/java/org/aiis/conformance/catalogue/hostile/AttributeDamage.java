package org.aiis.conformance.catalogue.hostile;

import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;

/** Attributes of a node: their values, their kinds, their number. */
final class AttributeDamage {
    private static final List<String> NAMES = List.of(
            "axis",
            "axes",
            "pads",
            "strides",
            "kernel_shape",
            "dilations",
            "group",
            "perm",
            "epsilon",
            "mode",
            "auto_pad",
            "to",
            "keepdims",
            "num_outputs",
            "blocksize",
            "hidden_size",
            "num_heads",
            "equation",
            "direction",
            "reduction",
            "value",
            "batch_dims",
            "block_size",
            "dtype");

    private AttributeDamage() {}

    static List<Damage.Named> all() {
        return List.of(
                Damage.node("attribute-value", (node, seeded) -> value(any(node, seeded), seeded)),
                Damage.node("attribute-length", (node, seeded) -> length(any(node, seeded), seeded)),
                Damage.node("attribute-kind", (node, seeded) -> kind(any(node, seeded), seeded)),
                Damage.node("attribute-gone", (node, seeded) -> {
                    if (node.getAttributeCount() == 0) {
                        node.clearOpType();
                    } else {
                        node.removeAttribute((int) seeded.integer(0, node.getAttributeCount() - 1));
                    }
                }),
                Damage.node("attribute-twice", (node, seeded) -> {
                    AttributeProto.Builder again = any(node, seeded).clone();
                    value(again, seeded);
                    node.addAttribute(again);
                }),
                Damage.node("attribute-foreign", (node, seeded) -> node.addAttribute(made(seeded))),
                Damage.node("attribute-reference", (node, seeded) -> any(node, seeded)
                        .setRefAttrName("of-no-function")
                        .clearI()
                        .clearInts()
                        .clearF()
                        .clearS()));
    }

    /** An attribute of the node; one without any gets one of those that many operators know. */
    private static AttributeProto.Builder any(NodeProto.Builder node, Seeded seeded) {
        return node.getAttributeCount() == 0
                ? node.addAttributeBuilder().mergeFrom(made(seeded))
                : node.getAttributeBuilder((int) seeded.integer(0, node.getAttributeCount() - 1));
    }

    private static AttributeProto made(Seeded seeded) {
        String name = Odd.one(NAMES, seeded);
        return switch ((int) seeded.integer(0, 3)) {
            case 0 -> Attribute.of(name, Odd.number(seeded));
            case 1 -> Attribute.of(name, (float) Odd.real(seeded));
            case 2 -> Attribute.of(name, Odd.word(seeded));
            default -> Attribute.ints(name, Odd.number(seeded), Odd.number(seeded));
        };
    }

    /** Another value of the same kind. */
    private static void value(AttributeProto.Builder attribute, Seeded seeded) {
        switch (attribute.getType()) {
            case INT -> attribute.setI(Odd.number(seeded));
            case FLOAT -> attribute.setF((float) Odd.real(seeded));
            case STRING -> attribute.setS(com.google.protobuf.ByteString.copyFromUtf8(Odd.word(seeded)));
            case INTS -> {
                if (attribute.getIntsCount() == 0) {
                    attribute.addInts(0);
                }
                attribute.setInts((int) seeded.integer(0, attribute.getIntsCount() - 1), Odd.number(seeded));
            }
            case FLOATS -> {
                if (attribute.getFloatsCount() == 0) {
                    attribute.addFloats(0);
                }
                attribute.setFloats((int) seeded.integer(0, attribute.getFloatsCount() - 1), (float) Odd.real(seeded));
            }
            case STRINGS -> attribute.addStrings(com.google.protobuf.ByteString.copyFromUtf8(Odd.word(seeded)));
            case TENSOR -> tensor(attribute.getTBuilder(), seeded);
            case GRAPH -> attribute.getGBuilder().clearOutput();
            default -> kind(attribute, seeded);
        }
    }

    /** Dimensions that are not those of the data, or data of another type. */
    static void tensor(TensorProto.Builder tensor, Seeded seeded) {
        switch ((int) seeded.integer(0, 3)) {
            case 0 -> tensor.setDataType(Odd.type(seeded).onnx());
            case 1 -> tensor.addDims(Odd.number(seeded));
            case 2 -> tensor.clearDims();
            default -> {
                if (tensor.getDimsCount() == 0) {
                    tensor.addDims(0);
                }
                tensor.setDims((int) seeded.integer(0, tensor.getDimsCount() - 1), Odd.number(seeded));
            }
        }
    }

    /** Lists emptied, lengthened, cut. */
    private static void length(AttributeProto.Builder attribute, Seeded seeded) {
        switch ((int) seeded.integer(0, 2)) {
            case 0 -> attribute.clearInts().clearFloats().clearStrings();
            case 1 -> {
                for (int i = 0; i < 40; i++) {
                    attribute.addInts(i % 3);
                }
            }
            default -> {
                if (attribute.getIntsCount() > 0) {
                    List<Long> fewer = List.copyOf(attribute.getIntsList().subList(1, attribute.getIntsCount()));
                    attribute.clearInts().addAllInts(fewer);
                } else {
                    value(attribute, seeded);
                }
            }
        }
    }

    /** The same name with a value of another kind, or of a kind that does not say which it is. */
    private static void kind(AttributeProto.Builder attribute, Seeded seeded) {
        String name = attribute.getName();
        AttributeProto other =
                switch ((int) seeded.integer(0, 5)) {
                    case 0 -> Attribute.of(name, Odd.number(seeded));
                    case 1 -> Attribute.of(name, (float) Odd.real(seeded));
                    case 2 -> Attribute.of(name, Odd.word(seeded));
                    case 3 -> Attribute.ints(name, Odd.number(seeded), Odd.number(seeded));
                    case 4 ->
                        AttributeProto.newBuilder()
                                .setName(name)
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(TensorProto.newBuilder()
                                        .setDataType(ElementType.FLOAT32.onnx())
                                        .addDims(3))
                                .build();
                    default -> attribute.clone().clearType().build();
                };
        attribute.clear().mergeFrom(other);
    }
}
