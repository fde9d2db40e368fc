package org.aiis.conformance.catalogue;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.tensor.Bytes;

/** Ways to damage a valid model. */
enum Mutation {
    /** One to eight bytes become others. */
    BYTES {
        @Override
        Bytes of(Bytes model, Seeded seeded) {
            byte[] bytes = model.toArray();
            for (long n = seeded.integer(1, 8); n > 0; n--) {
                bytes[(int) seeded.integer(0, bytes.length - 1)] ^= (byte) seeded.integer(1, 255);
            }
            return Bytes.own(bytes);
        }
    },
    /** Cut off anywhere. */
    CUT {
        @Override
        Bytes of(Bytes model, Seeded seeded) {
            return ExchangeModels.cut(model, (int) seeded.integer(0, model.size() - 1));
        }
    },
    /** An input of a node blanked, or wired to another value. */
    WIRES {
        @Override
        void edit(GraphProto.Builder graph, Seeded seeded) {
            NodeProto.Builder node = node(graph, seeded);
            if (node.getInputCount() > 0) {
                int at = (int) seeded.integer(0, node.getInputCount() - 1);
                node.setInput(at, seeded.coin() ? "" : anyName(graph, seeded));
            }
        }
    },
    /** An attribute that does not belong, or a value that makes no sense. */
    ATTRIBUTES {
        @Override
        void edit(GraphProto.Builder graph, Seeded seeded) {
            NodeProto.Builder node = node(graph, seeded);
            String name = NAMES.get((int) seeded.integer(0, NAMES.size() - 1));
            for (int i = node.getAttributeCount() - 1; i >= 0; i--) {
                if (node.getAttribute(i).getName().equals(name)) {
                    node.removeAttribute(i);
                }
            }
            node.addAttribute(odd(name, seeded));
        }
    },
    /** An initializer whose dimensions are not those of its data. */
    DIMENSIONS {
        @Override
        void edit(GraphProto.Builder graph, Seeded seeded) {
            if (graph.getInitializerCount() == 0) {
                graph.getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(0)
                        .setDimValue(number(seeded));
                return;
            }
            TensorProto.Builder tensor =
                    graph.getInitializerBuilder((int) seeded.integer(0, graph.getInitializerCount() - 1));
            if (tensor.getDimsCount() == 0 || seeded.coin()) {
                tensor.addDims(number(seeded));
            } else {
                tensor.setDims((int) seeded.integer(0, tensor.getDimsCount() - 1), number(seeded));
            }
        }
    };

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
            "to");

    private static final List<Long> NUMBERS =
            List.of(0L, -1L, 1L, 2L, 7L, -7L, 255L, 1L << 31, -(1L << 31), 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE);

    Bytes of(Bytes model, Seeded seeded) {
        ModelProto.Builder builder = Models.parse(model).toBuilder();
        edit(builder.getGraphBuilder(), seeded);
        return Bytes.own(builder.build().toByteArray());
    }

    void edit(GraphProto.Builder graph, Seeded seeded) {
        throw new IllegalStateException(name() + " edits bytes");
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private static NodeProto.Builder node(GraphProto.Builder graph, Seeded seeded) {
        return graph.getNodeBuilder((int) seeded.integer(0, graph.getNodeCount() - 1));
    }

    private static String anyName(GraphProto.Builder graph, Seeded seeded) {
        return node(graph, seeded).getOutput(0);
    }

    private static long number(Seeded seeded) {
        return NUMBERS.get((int) seeded.integer(0, NUMBERS.size() - 1));
    }

    private static AttributeProto odd(String name, Seeded seeded) {
        return switch ((int) seeded.integer(0, 4)) {
            case 0 -> Attribute.of(name, number(seeded));
            case 1 -> Attribute.of(name, Float.NaN);
            case 2 -> Attribute.of(name, "\u0000odd");
            case 3 -> Attribute.ints(name);
            default -> Attribute.ints(name, number(seeded), number(seeded), number(seeded), number(seeded));
        };
    }
}
