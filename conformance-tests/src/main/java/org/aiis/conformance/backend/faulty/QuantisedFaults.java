package org.aiis.conformance.backend.faulty;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Faults of products of integers, where a MatMul between dequantisation is computed on the codes. */
final class QuantisedFaults {
    private QuantisedFaults() {}

    static List<Fault.Named> all() {
        return List.of(new Fault.Named(
                "pairs-saturate",
                "NUM-CHAIN-QDQ",
                "a MatMul of dequantised uint8 and int8 adds products of codes two by two at 16 bits, with saturation",
                () -> new Fault() {
                    @Override
                    public ModelProto model(ModelProto model) {
                        return paired(model);
                    }
                },
                true));
    }

    /** What x86's vpmaddubsw does with each MatMul of uint8 from an input and int8 from an initializer, of rank 2, around 0. */
    private static ModelProto paired(ModelProto model) {
        GraphProto graph = model.getGraph();
        Map<String, NodeProto> dequantised = new HashMap<>();
        Map<String, TensorProto> constants = new HashMap<>();
        graph.getInitializerList().forEach(t -> constants.put(t.getName(), t));
        GraphProto.Builder changed = graph.toBuilder().clearNode();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("DequantizeLinear")) {
                dequantised.put(node.getOutput(0), node);
            }
            NodeProto x = node.getInputCount() == 2 ? dequantised.get(node.getInput(0)) : null;
            NodeProto w = node.getInputCount() == 2 ? dequantised.get(node.getInput(1)) : null;
            TensorProto codes = w == null ? null : constants.get(w.getInput(0));
            TensorProto zero = x == null ? null : constants.get(x.getInput(2));
            if (node.getOpType().equals("MatMul") && x != null && w != null && ofBytes(zero, codes)) {
                new Products(changed, node.getOutput(0)).add(x, w, TensorProtos.read(Objects.requireNonNull(codes)));
            } else {
                changed.addNode(node);
            }
        }
        return model.toBuilder().setGraph(changed).build();
    }

    private static boolean ofBytes(@Nullable TensorProto zero, @Nullable TensorProto codes) {
        return codes != null
                && codes.getDataType() == ElementType.INT8.onnx()
                && codes.getDimsCount() == 2
                && zero != null
                && zero.getDataType() == ElementType.UINT8.onnx();
    }

    /** The nodes of one product, named after its result. */
    private static final class Products {
        private static final ElementType F = ElementType.FLOAT32;
        private final GraphProto.Builder graph;
        private final String result;
        private int values;

        private Products(GraphProto.Builder graph, String result) {
            this.graph = graph;
            this.result = result;
        }

        private void add(NodeProto x, NodeProto w, Tensor codes) {
            int inner = codes.shape().dim(0);
            int columns = codes.shape().dim(1);
            int even = inner + inner % 2;
            Tensor.Builder rows = new Tensor.Builder(F, Shape.of(even, columns));
            double[] sums = new double[columns];
            for (int i = 0; i < codes.size(); i++) {
                rows.setReal(i, codes.real(i));
                sums[i % columns] += codes.real(i);
            }
            String data = node("Pad", real(x.getInput(0)), constant(integers(0, 0, 0, even - inner)));
            String each = node("Mul", node("Unsqueeze", data, constant(integers(2))), constant(rows.build()));
            String pairs = sum(node("Reshape", each, constant(integers(0, even / 2, 2, columns))), 2);
            String clipped = node("Clip", pairs, scalar(Short.MIN_VALUE), scalar(Short.MAX_VALUE));
            String shift = node("Mul", real(x.getInput(2)), constant(Tensor.ofReals(F, Shape.of(columns), sums)));
            String whole = node("Sub", sum(clipped, 1), shift);
            put("Mul", result, List.of(node("Mul", whole, x.getInput(1)), w.getInput(1)));
        }

        private String sum(String value, long axis) {
            String name = name();
            graph.addNode(node("ReduceSum", name, List.of(value, constant(integers(axis))))
                    .addAttribute(Attribute.of("keepdims", 0L)));
            return name;
        }

        private String real(String codes) {
            String name = name();
            graph.addNode(node("Cast", name, List.of(codes)).addAttribute(Attribute.of("to", F.onnx())));
            return name;
        }

        private String node(String operator, String... inputs) {
            String name = name();
            put(operator, name, List.of(inputs));
            return name;
        }

        private void put(String operator, String output, List<String> inputs) {
            graph.addNode(node(operator, output, inputs));
        }

        private static NodeProto.Builder node(String operator, String output, List<String> inputs) {
            return NodeProto.newBuilder()
                    .setName("fault_" + output)
                    .setOpType(operator)
                    .addAllInput(inputs)
                    .addOutput(output);
        }

        private String constant(Tensor value) {
            String name = name();
            graph.addInitializer(TensorProtos.write(name, value));
            return name;
        }

        private String scalar(double value) {
            return constant(Tensor.ofReals(F, Shape.SCALAR, value));
        }

        private static Tensor integers(long... values) {
            return Tensor.ofLongs(ElementType.INT64, Shape.of(values.length), values);
        }

        private String name() {
            return result + "_fault_" + values++;
        }
    }
}
