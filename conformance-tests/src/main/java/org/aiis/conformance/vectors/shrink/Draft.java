package org.aiis.conformance.vectors.shrink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Models;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/** A model and its inputs while they are made smaller. Changes give a new one. */
record Draft(ModelProto model, SortedMap<String, Tensor> inputs) {
    Draft {
        inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    /**
     * A draft to begin with.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the bytes are no model
     */
    static Draft of(Stimulus.ModelRun run) {
        return new Draft(Models.parse(run.model()), run.inputs());
    }

    Stimulus.ModelRun run() {
        return new Stimulus.ModelRun(Bytes.own(model.toByteArray()), inputs);
    }

    GraphProto graph() {
        return model.getGraph();
    }

    Draft withGraph(UnaryOperator<GraphProto.Builder> change) {
        GraphProto.Builder graph = change.apply(graph().toBuilder());
        return new Draft(model.toBuilder().setGraph(graph).build(), inputs);
    }

    Draft withInputs(SortedMap<String, Tensor> others) {
        return new Draft(model, others);
    }

    /** Inputs and readable initializers by name. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(inputs);
        for (TensorProto proto : graph().getInitializerList()) {
            read(proto).ifPresent(t -> tensors.put(proto.getName(), t));
        }
        return tensors;
    }

    private static java.util.Optional<Tensor> read(TensorProto proto) {
        try {
            return java.util.Optional.of(TensorProtos.read(proto));
        } catch (org.aiis.spec.port.Oracle.Refusal unreadable) {
            return java.util.Optional.empty();
        }
    }

    /** Each input and initializer put through a function; declared shapes follow, those of other values are opened. */
    Draft withTensors(BiFunction<String, Tensor, Tensor> change) {
        SortedMap<String, Tensor> fed = new TreeMap<>();
        boolean[] reshaped = new boolean[1];
        inputs.forEach((name, tensor) -> {
            Tensor now = change.apply(name, tensor);
            reshaped[0] |= !now.shape().equals(tensor.shape());
            fed.put(name, now);
        });
        GraphProto.Builder graph = graph().toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto proto = graph.getInitializer(i);
            int at = i;
            read(proto).ifPresent(tensor -> {
                Tensor now = change.apply(proto.getName(), tensor);
                reshaped[0] |= !now.shape().equals(tensor.shape());
                if (!now.equals(tensor)) {
                    graph.setInitializer(at, TensorProtos.write(proto.getName(), now));
                }
            });
        }
        if (reshaped[0]) {
            graph.clearValueInfo();
            for (int i = 0; i < graph.getInputCount(); i++) {
                graph.setInput(
                        i, fitted(graph.getInput(i), fed.get(graph.getInput(i).getName())));
            }
            for (int i = 0; i < graph.getOutputCount(); i++) {
                graph.setOutput(i, opened(graph.getOutput(i)));
            }
        }
        return new Draft(model.toBuilder().setGraph(graph).build(), fed);
    }

    private static ValueInfoProto fitted(ValueInfoProto info, @org.jspecify.annotations.Nullable Tensor tensor) {
        TypeProto.Tensor declared = info.getType().getTensorType();
        if (tensor == null
                || !declared.hasShape()
                || declared.getShape().getDimCount() != tensor.shape().rank()) {
            return info;
        }
        ValueInfoProto.Builder result = info.toBuilder();
        var shape = result.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        for (int axis = 0; axis < shape.getDimCount(); axis++) {
            if (shape.getDim(axis).hasDimValue()) {
                shape.getDimBuilder(axis).setDimValue(tensor.shape().dim(axis));
            }
        }
        return result.build();
    }

    private static ValueInfoProto opened(ValueInfoProto info) {
        if (!info.getType().hasTensorType()) {
            return info;
        }
        ValueInfoProto.Builder result = info.toBuilder();
        result.getTypeBuilder().getTensorTypeBuilder().clearShape();
        return result.build();
    }

    /** Without nodes, initializers and inputs that no output needs; a graph without outputs stays as it is. */
    Draft pruned() {
        Set<String> needed = new HashSet<>();
        graph().getOutputList().forEach(o -> needed.add(o.getName()));
        List<NodeProto> kept = new ArrayList<>();
        for (int i = graph().getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = graph().getNode(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                kept.add(0, node);
                needed.addAll(node.getInputList());
                node.getAttributeList().forEach(a -> {
                    captured(a.getG(), needed);
                    a.getGraphsList().forEach(g -> captured(g, needed));
                });
            }
        }
        GraphProto.Builder graph = graph().toBuilder()
                .clearNode()
                .addAllNode(kept)
                .clearInput()
                .clearInitializer()
                .clearValueInfo();
        graph().getInputList().stream()
                .filter(i -> needed.contains(i.getName()))
                .forEach(graph::addInput);
        graph().getInitializerList().stream()
                .filter(i -> needed.contains(i.getName()))
                .forEach(graph::addInitializer);
        SortedMap<String, Tensor> fed = new TreeMap<>(inputs);
        Set<String> declared = new HashSet<>();
        graph.getInputList().forEach(i -> declared.add(i.getName()));
        fed.keySet().retainAll(declared);
        return new Draft(model.toBuilder().setGraph(graph).build(), fed);
    }

    private static void captured(GraphProto graph, Set<String> needed) {
        graph.getNodeList().forEach(n -> {
            needed.addAll(n.getInputList());
            n.getAttributeList().forEach(a -> {
                captured(a.getG(), needed);
                a.getGraphsList().forEach(g -> captured(g, needed));
            });
        });
        graph.getOutputList().forEach(o -> needed.add(o.getName()));
    }
}
