package org.aiis.conformance.bisect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aiis.conformance.vectors.ModelFile;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Stimulus;

/**
 * A model to take apart: its nodes in an order in which each comes after what it reads, and any set of them as a model of its
 * own, fed with what the rest would have given.
 */
public final class Anatomy {
    private final ModelProto model;
    private final ExternalTensors.Files data;
    private final int evaluationsAtOnce;
    private final List<NodeProto> nodes;
    private final Map<String, TensorProto> initializers = new HashMap<>();
    private final Set<String> results;

    private Anatomy(ModelProto model, ExternalTensors.Files data, int evaluationsAtOnce, List<NodeProto> nodes) {
        this.model = model;
        this.data = data;
        this.evaluationsAtOnce = evaluationsAtOnce;
        this.nodes = nodes;
        model.getGraph().getInitializerList().forEach(t -> initializers.put(t.getName(), t));
        this.results = model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .collect(Collectors.toSet());
    }

    /** @throws InputException when the graph has a cycle, naming a node of it */
    public static Anatomy of(ModelProto model) {
        return of(new ModelFile(model));
    }

    /**
     * Of a model whose data may lie in files; so do those of its parts.
     *
     * @throws InputException when the graph has a cycle, naming a node of it
     */
    public static Anatomy of(ModelFile file) {
        ModelProto model = file.model();
        GraphProto graph = model.getGraph();
        Map<String, Integer> maker = new HashMap<>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            for (String name : graph.getNode(i).getOutputList()) {
                maker.put(name, i);
            }
        }
        int[] waits = new int[graph.getNodeCount()];
        Map<Integer, List<Integer>> readers = new HashMap<>();
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            for (String name : reads(graph.getNode(i))) {
                Integer from = maker.get(name);
                if (from != null) {
                    waits[i]++;
                    readers.computeIfAbsent(from, f -> new ArrayList<>()).add(i);
                }
            }
            if (waits[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int node = ready.remove();
            sorted.add(graph.getNode(node));
            for (int reader : readers.getOrDefault(node, List.of())) {
                if (--waits[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        for (int i = 0; i < waits.length; i++) {
            if (waits[i] > 0) {
                throw InputException.of(
                        "node '" + graph.getNode(i).getName() + "' ("
                                + graph.getNode(i).getOpType() + ") reads what depends on its own result",
                        "a graph without a cycle is expected");
            }
        }
        return new Anatomy(model, file.data(), file.evaluationsAtOnce(), named(sorted));
    }

    /** Gives each node a name of its own, so that placement and findings can name it. */
    private static List<NodeProto> named(List<NodeProto> nodes) {
        Set<String> taken = new HashSet<>();
        List<NodeProto> named = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            NodeProto node = nodes.get(i);
            boolean own = !node.getName().isEmpty() && taken.add(node.getName());
            String name = node.getOpType() + "_" + i;
            while (!own && !taken.add(name)) {
                name += "_";
            }
            named.add(own ? node : node.toBuilder().setName(name).build());
        }
        return List.copyOf(named);
    }

    public List<NodeProto> nodes() {
        return nodes;
    }

    /**
     * The model or a part of it as the oracle runs it.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when it is not valid or uses what the oracle does not know
     */
    public Program program(Stimulus.ModelRun run) {
        return Program.load(run.model(), data);
    }

    /** Whether there is memory for the oracle to look at several nodes side by side. */
    boolean isSmall() {
        return evaluationsAtOnce > 1;
    }

    /** The oracle of the model and of its parts. */
    public Evaluator oracle() {
        return Evaluator.over(data);
    }

    /** Names of the graph's outputs. */
    public Set<String> results() {
        return Set.copyOf(results);
    }

    /** The model itself, its nodes in order and named. */
    public Stimulus.ModelRun whole(Map<String, Tensor> inputs) {
        return new Stimulus.ModelRun(Bytes.own(ordered().build().toByteArray()), inputs);
    }

    /** The model with these tensors as outputs beside its own. */
    public Stimulus.ModelRun exposing(Map<String, ElementType> tensors, Map<String, Tensor> inputs) {
        ModelProto.Builder exposed = ordered();
        tensors.forEach((name, type) -> {
            if (!results.contains(name)) {
                exposed.getGraphBuilder()
                        .addOutput(ValueInfoProto.newBuilder().setName(name).setType(tensor(type)));
            }
        });
        return new Stimulus.ModelRun(Bytes.own(exposed.build().toByteArray()), inputs);
    }

    private ModelProto.Builder ordered() {
        ModelProto.Builder ordered = model.toBuilder();
        ordered.getGraphBuilder().clearNode().addAllNode(nodes);
        return ordered;
    }

    /** Every node from one to another, both with them. */
    SortedSet<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * These nodes as a model of their own. What they read from others is fed; what none of them reads is its outputs, so that
     * what lies between them stays theirs, and may be fused.
     *
     * @param values tensors that other nodes, or the graph's inputs, give
     */
    public Stimulus.ModelRun part(Set<Integer> which, Map<String, Tensor> values) {
        Map<String, Optional<ElementType>> typed = new TreeMap<>();
        gives(which)
                .forEach(name ->
                        typed.put(name, Optional.ofNullable(values.get(name)).map(Tensor::type)));
        return part(which, typed, values);
    }

    /** What these nodes make and none of them reads. */
    Set<String> gives(Set<Integer> which) {
        Set<String> gives = new LinkedHashSet<>();
        which.forEach(i -> gives.addAll(nodes.get(i).getOutputList()));
        which.forEach(i -> gives.removeAll(reads(nodes.get(i))));
        gives.remove("");
        return gives;
    }

    /** What these nodes read and none of them makes. */
    Set<String> needs(Set<Integer> which) {
        Set<String> needs = new LinkedHashSet<>();
        which.forEach(i -> needs.addAll(reads(nodes.get(i))));
        which.forEach(i -> needs.removeAll(nodes.get(i).getOutputList()));
        return needs;
    }

    /**
     * These nodes as a model of their own.
     *
     * @param gives tensors of theirs that are its outputs, with their types where these are known
     * @param values tensors that other nodes, or the graph's inputs, give
     */
    public Stimulus.ModelRun part(
            Set<Integer> which, Map<String, Optional<ElementType>> gives, Map<String, Tensor> values) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("part");
        Set<String> inside = new HashSet<>();
        Set<String> read = new LinkedHashSet<>();
        for (int i : which) {
            graph.addNode(nodes.get(i));
            inside.addAll(nodes.get(i).getOutputList());
            read.addAll(reads(nodes.get(i)));
        }
        Map<String, Tensor> fed = new TreeMap<>();
        for (String name : read) {
            Tensor value = values.get(name);
            TensorProto constant = initializers.get(name);
            if (constant != null) {
                graph.addInitializer(constant);
            } else if (value != null && !inside.contains(name)) {
                fed.put(name, value);
                graph.addInput(info(name, value));
            }
        }
        gives.forEach((name, type) -> {
            ValueInfoProto.Builder output = ValueInfoProto.newBuilder().setName(name);
            graph.addOutput(type.map(known -> output.setType(tensor(known))).orElse(output));
        });
        ModelProto part = ModelProto.newBuilder()
                .setIrVersion(model.getIrVersion())
                .addAllOpsetImport(model.getOpsetImportList())
                .addAllFunctions(model.getFunctionsList())
                .setProducerName("aiis")
                .setGraph(graph)
                .build();
        return new Stimulus.ModelRun(Bytes.own(part.toByteArray()), fed);
    }

    private static ValueInfoProto info(String name, Tensor value) {
        TypeProto.Builder type = tensor(value.type()).toBuilder();
        for (int dim : value.shape().dims()) {
            type.getTensorTypeBuilder().getShapeBuilder().addDimBuilder().setDimValue(dim);
        }
        type.getTensorTypeBuilder().getShapeBuilder();
        return ValueInfoProto.newBuilder().setName(name).setType(type).build();
    }

    private static TypeProto tensor(ElementType type) {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.onnx()))
                .build();
    }

    /** What a node reads, and what graphs inside it capture. */
    public static Set<String> reads(NodeProto node) {
        Set<String> names = new LinkedHashSet<>(node.getInputList());
        names.remove("");
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                names.addAll(captured(attribute.getG()));
            }
            attribute.getGraphsList().forEach(g -> names.addAll(captured(g)));
        }
        return names;
    }

    private static Set<String> captured(GraphProto graph) {
        Set<String> own = new HashSet<>();
        graph.getInputList().forEach(i -> own.add(i.getName()));
        graph.getInitializerList().forEach(i -> own.add(i.getName()));
        graph.getNodeList().forEach(n -> own.addAll(n.getOutputList()));
        Set<String> names = new LinkedHashSet<>();
        graph.getNodeList().forEach(n -> names.addAll(reads(n)));
        graph.getOutputList().forEach(o -> names.add(o.getName()));
        names.removeAll(own);
        return names;
    }
}
