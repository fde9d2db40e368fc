package org.aiis.reference.pipeline.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * A float32 model in eight bits, in the form that ONNX exchanges: QuantizeLinear and DequantizeLinear around each Conv and Gemm, which
 * runtimes fuse to operators on integers. Weights are int8, symmetric, with a scale for each channel of the result; biases are int32;
 * what flows between is uint8 with one scale, from the smallest to the largest value that calibration saw, 0 among them.
 *
 * <p>Conv and Gemm take their weights from initializers, Gemm without factors. What only moves elements between two of them (MaxPool,
 * Transpose, Flatten, Reshape) keeps the scale of what it moves.
 */
public final class QuantizedModel {
    private static final Set<String> WEIGHTED = Set.of("Conv", "Gemm");
    private static final Set<String> MOVES = Set.of("MaxPool", "Transpose", "Flatten", "Reshape");

    private final ModelProto model;
    private final Map<String, TensorProto> initializers = new HashMap<>();

    /** Each value that is quantised, with the one whose range it has. */
    private final Map<String, String> source = new TreeMap<>();

    private final List<String> measured;

    private QuantizedModel(ModelProto model) {
        this.model = model;
        model.getGraph().getInitializerList().forEach(i -> initializers.put(i.getName(), i));
        Map<String, NodeProto> makers = new HashMap<>();
        model.getGraph().getNodeList().forEach(node -> node.getOutputList().forEach(v -> makers.put(v, node)));
        Set<String> ranges = new LinkedHashSet<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (isWeighted(node)) {
                List<String> chain = new ArrayList<>(List.of(node.getInput(0)));
                for (NodeProto maker = makers.get(node.getInput(0));
                        maker != null && MOVES.contains(maker.getOpType());
                        maker = makers.get(maker.getInput(0))) {
                    chain.add(maker.getInput(0));
                }
                String first = chain.get(chain.size() - 1);
                chain.forEach(value -> source.put(value, first));
                ranges.add(first);
            }
        }
        this.measured = List.copyOf(ranges);
    }

    /** A model whose operators with weights are Conv and Gemm. */
    public static QuantizedModel of(Bytes model) {
        return new QuantizedModel(Models.parse(model));
    }

    private boolean isWeighted(NodeProto node) {
        return WEIGHTED.contains(node.getOpType()) && initializers.containsKey(node.getInput(1));
    }

    /** How many values have a range of their own. */
    public int ranges() {
        return measured.size();
    }

    /** The float model with nothing but {@code low} and {@code high float32 [ranges]}: the smallest and largest of each over a batch. */
    public Bytes calibration() {
        GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
        graph.addInitializer(TensorProtos.write("one_element", Tensor.ofLongs(ElementType.INT64, Shape.of(1), 1)));
        for (String end : List.of("low", "high")) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < measured.size(); i++) {
                String part = end + "_" + i;
                graph.addNode(node(end.equals("low") ? "ReduceMin" : "ReduceMax", part + "_all", measured.get(i))
                        .addAttribute(Attribute.of("keepdims", 0L)));
                graph.addNode(node("Reshape", part, part + "_all", "one_element"));
                parts.add(part);
            }
            graph.addNode(node("Concat", end, parts.toArray(new String[0])).addAttribute(Attribute.of("axis", 0L)));
            graph.addOutput(vector(end, measured.size()));
        }
        return Bytes.own(model.toBuilder().setGraph(graph).build().toByteArray());
    }

    /**
     * The model in eight bits.
     *
     * @param low smallest value of each range, in the order of {@link #calibration}, the least over all batches
     * @param high largest
     */
    public Bytes quantized(double[] low, double[] high) {
        if (low.length != measured.size() || high.length != measured.size()) {
            throw new IllegalArgumentException(
                    low.length + " and " + high.length + " ends of " + measured.size() + " ranges");
        }
        Map<String, Range> ranges = new HashMap<>();
        GraphProto.Builder graph = model.getGraph().toBuilder().clearNode().clearInitializer();
        for (int i = 0; i < measured.size(); i++) {
            Range range = Range.of(low[i], high[i]);
            ranges.put(measured.get(i), range);
            graph.addInitializer(TensorProtos.write(measured.get(i) + "_scale", range.scaleTensor()));
            graph.addInitializer(TensorProtos.write(measured.get(i) + "_zero", range.zeroTensor()));
        }
        Set<String> replaced = new LinkedHashSet<>();
        model.getGraph().getInputList().forEach(input -> quantise(graph, input.getName()));
        for (NodeProto node : model.getGraph().getNodeList()) {
            NodeProto.Builder changed = node.toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                if (source.containsKey(node.getInput(i))) {
                    changed.setInput(i, node.getInput(i) + "_dequantized");
                }
            }
            if (isWeighted(node)) {
                Range data = ranges.get(source.get(node.getInput(0)));
                weights(graph, changed, data == null ? Range.of(0, 0) : data);
                replaced.addAll(node.getInputList().subList(1, node.getInputCount()));
            }
            graph.addNode(changed);
            node.getOutputList().forEach(value -> quantise(graph, value));
        }
        model.getGraph().getInitializerList().stream()
                .filter(i -> !replaced.contains(i.getName()))
                .forEach(graph::addInitializer);
        return Bytes.own(model.toBuilder().setGraph(graph).build().toByteArray());
    }

    /** The pair behind a value that is quantised. */
    private void quantise(GraphProto.Builder graph, String value) {
        String of = source.get(value);
        if (of != null) {
            String[] how = {of + "_scale", of + "_zero"};
            graph.addNode(node("QuantizeLinear", value + "_quantized", value, how[0], how[1]));
            graph.addNode(node("DequantizeLinear", value + "_dequantized", value + "_quantized", how[0], how[1]));
        }
    }

    private void weights(GraphProto.Builder graph, NodeProto.Builder node, Range data) {
        String name = node.getOutput(0);
        Tensor kernel = TensorProtos.read(initializer(node.getInput(1)));
        int axis = node.getOpType().equals("Conv") || transposed(node) ? 0 : 1;
        Channels channels = Channels.of(kernel, axis);
        int many = kernel.shape().dim(axis);
        graph.addInitializer(TensorProtos.write(name + "_weights", channels.quantised()));
        graph.addInitializer(TensorProtos.write(name + "_weights_scale", channels.scales()));
        graph.addInitializer(TensorProtos.write(
                name + "_weights_zero", new Tensor.Builder(ElementType.INT8, Shape.of(many)).build()));
        graph.addNode(node(
                        "DequantizeLinear",
                        name + "_weights_dequantized",
                        name + "_weights",
                        name + "_weights_scale",
                        name + "_weights_zero")
                .addAttribute(Attribute.of("axis", (long) axis)));
        node.setInput(1, name + "_weights_dequantized");
        if (node.getInputCount() > 2) {
            Tensor bias = TensorProtos.read(initializer(node.getInput(2)));
            Tensor.Builder scales = new Tensor.Builder(ElementType.FLOAT32, Shape.of(many));
            Tensor.Builder steps = new Tensor.Builder(ElementType.INT32, Shape.of(many));
            for (int c = 0; c < many; c++) {
                double scale = (float) (data.scale() * channels.scales().real(c));
                scales.setReal(c, scale);
                steps.setBits(c, Math.round(bias.real(c) / scale));
            }
            graph.addInitializer(TensorProtos.write(name + "_bias", steps.build()));
            graph.addInitializer(TensorProtos.write(name + "_bias_scale", scales.build()));
            graph.addNode(node("DequantizeLinear", name + "_bias_dequantized", name + "_bias", name + "_bias_scale")
                    .addAttribute(Attribute.of("axis", 0L)));
            node.setInput(2, name + "_bias_dequantized");
        }
    }

    private static boolean transposed(NodeProto.Builder gemm) {
        return gemm.getAttributeList().stream().anyMatch(a -> a.getName().equals("transB") && a.getI() == 1);
    }

    private TensorProto initializer(String name) {
        TensorProto found = initializers.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name + " is no initializer");
        }
        return found;
    }

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }

    private static ValueInfoProto vector(String name, int extent) {
        ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
        info.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(ElementType.FLOAT32.onnx())
                .getShapeBuilder()
                .addDimBuilder()
                .setDimValue(extent);
        return info.build();
    }
}
