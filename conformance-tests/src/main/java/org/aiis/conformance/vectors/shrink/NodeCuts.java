package org.aiis.conformance.vectors.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/** Takes nodes away: what comes after one, what comes before one, one alone; and outputs, inputs and attributes of nodes. */
record NodeCuts(Oracle oracle) implements Cut.Kind {
    @Override
    public Stream<Cut> cuts(Draft draft) {
        GraphProto graph = draft.graph();
        int nodes = graph.getNodeCount();
        Stream<Cut> ends = nodes < 2 ? Stream.of() : IntStream.range(0, nodes).mapToObj(i -> d -> endingAt(d, i));
        Stream<Cut> begins = nodes < 2
                ? Stream.of()
                : IntStream.range(0, nodes).mapToObj(i -> d -> beginningAfter(d, nodes - 1 - i));
        Stream<Cut> bypasses =
                nodes < 2 ? Stream.of() : IntStream.range(0, nodes).mapToObj(i -> d -> without(d, i));
        Stream<Cut> outputs = graph.getOutputCount() < 2
                ? Stream.of()
                : IntStream.range(0, graph.getOutputCount()).mapToObj(i -> d -> onlyOutput(d, i));
        return Stream.of(ends, begins, bypasses, outputs, parts(graph)).flatMap(s -> s);
    }

    /** Attributes, and inputs from the last to the first. */
    private static Stream<Cut> parts(GraphProto graph) {
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            int node = i;
            for (int k = graph.getNode(i).getAttributeCount() - 1; k >= 0; k--) {
                int attribute = k;
                cuts.add(d ->
                        edited(d, node, n -> attribute < n.getAttributeCount() ? n.removeAttribute(attribute) : n));
            }
            for (int k = graph.getNode(i).getInputCount() - 1; k >= 0; k--) {
                int input = k;
                cuts.add(d -> edited(d, node, n -> {
                    List<String> inputs = new ArrayList<>(n.getInputList());
                    if (input < inputs.size()) {
                        inputs.remove(input);
                    }
                    return n.clearInput().addAllInput(inputs);
                }));
            }
        }
        return cuts.stream();
    }

    private static Optional<Draft> edited(
            Draft draft, int node, java.util.function.UnaryOperator<NodeProto.Builder> change) {
        if (node >= draft.graph().getNodeCount()) {
            return Optional.empty();
        }
        return Optional.of(draft.withGraph(g -> g.setNode(node, change.apply(g.getNode(node).toBuilder())))
                        .pruned())
                .filter(d -> !d.equals(draft));
    }

    private static Optional<Draft> onlyOutput(Draft draft, int i) {
        if (i >= draft.graph().getOutputCount()) {
            return Optional.empty();
        }
        ValueInfoProto output = draft.graph().getOutput(i);
        return Optional.of(
                draft.withGraph(g -> g.clearOutput().addOutput(output)).pruned());
    }

    /** The graph up to a node, whose values become the outputs, with the types that the oracle finds. */
    private Optional<Draft> endingAt(Draft draft, int i) {
        return values(draft, i)
                .map(values -> draft.withGraph(g -> g.clearOutput().addAllOutput(infos(values)))
                        .pruned())
                .filter(d -> d.graph().getNodeCount() < draft.graph().getNodeCount());
    }

    /** The graph after a node, which is fed with the values that the oracle finds for it. */
    private Optional<Draft> beginningAfter(Draft draft, int i) {
        return values(draft, i).map(values -> {
            SortedMap<String, Tensor> fed = new TreeMap<>(draft.inputs());
            fed.putAll(values);
            return draft.withGraph(g -> g.removeNode(i).addAllInput(infos(values)))
                    .withInputs(fed)
                    .pruned();
        });
    }

    /** Readers of a node's first value read its first input instead. */
    private static Optional<Draft> without(Draft draft, int i) {
        if (i >= draft.graph().getNodeCount()) {
            return Optional.empty();
        }
        NodeProto node = draft.graph().getNode(i);
        boolean passes = node.getInputCount() > 0
                && node.getOutputCount() > 0
                && !node.getInput(0).isEmpty()
                && draft.graph().getOutputList().stream()
                        .noneMatch(o -> node.getOutputList().contains(o.getName()));
        if (!passes) {
            return Optional.empty();
        }
        return Optional.of(draft.withGraph(g -> {
                    g.removeNode(i);
                    for (NodeProto.Builder reader : g.getNodeBuilderList()) {
                        for (int k = 0; k < reader.getInputCount(); k++) {
                            if (reader.getInput(k).equals(node.getOutput(0))) {
                                reader.setInput(k, node.getInput(0));
                            }
                        }
                    }
                    return g;
                })
                .pruned());
    }

    /** What the oracle finds for the outputs of a node; empty where it refuses. */
    private Optional<SortedMap<String, Tensor>> values(Draft draft, int i) {
        if (i >= draft.graph().getNodeCount()) {
            return Optional.empty();
        }
        NodeProto node = draft.graph().getNode(i);
        SortedMap<String, Tensor> values = new TreeMap<>();
        // The oracle asks each output's type before it is known here: each is tried on its own.
        for (String name : node.getOutputList()) {
            if (!name.isEmpty()) {
                Optional<Tensor> value = value(draft, name);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.put(name, value.get());
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private Optional<Tensor> value(Draft draft, String name) {
        for (org.aiis.spec.tensor.ElementType type : org.aiis.spec.tensor.ElementType.values()) {
            ValueInfoProto output = ValueInfoProto.newBuilder()
                    .setName(name)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.onnx())))
                    .build();
            Draft asked =
                    draft.withGraph(g -> g.clearOutput().addOutput(output)).pruned();
            try {
                Reference reference = oracle.evaluate(asked.run().model(), asked.inputs());
                return Optional.ofNullable(reference.outputs().get(name)).map(Reference.Value::rounded);
            } catch (Oracle.Refusal anotherType) {
                // The next type is tried.
            }
        }
        return Optional.empty();
    }

    private static List<ValueInfoProto> infos(SortedMap<String, Tensor> values) {
        List<ValueInfoProto> infos = new ArrayList<>();
        values.forEach((name, tensor) -> {
            TypeProto.Tensor.Builder type =
                    TypeProto.Tensor.newBuilder().setElemType(tensor.type().onnx());
            type.getShapeBuilder();
            tensor.shape()
                    .dims()
                    .forEach(d -> type.getShapeBuilder().addDimBuilder().setDimValue(d));
            infos.add(ValueInfoProto.newBuilder()
                    .setName(name)
                    .setType(TypeProto.newBuilder().setTensorType(type))
                    .build());
        });
        return infos;
    }
}
