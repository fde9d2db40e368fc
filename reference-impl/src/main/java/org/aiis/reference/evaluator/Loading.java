package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;

/** Checks a model and puts its nodes in order: the rules of ONNX's IR document that do not need values. */
final class Loading {
    private static final int OLDEST_IR = 3;
    private static final int NEWEST_IR = 14;
    private static final int MOST_NODES = 100_000;

    private final GraphProto graph;
    private final Map<String, Integer> versions;
    private final List<Declaration> inputs;
    private final Map<String, Value> initializers = new HashMap<>();
    private final Map<String, ElementType> types = new HashMap<>();
    private final Set<String> produced = new HashSet<>();

    private Loading(ModelProto model) {
        this.versions = versions(model);
        this.graph = model.getGraph();
        this.inputs = declarations(graph.getInputList());
    }

    static Program program(ModelProto model) {
        if (!model.hasGraph()) {
            throw refusal("the model has no graph");
        }
        if (model.getIrVersion() < OLDEST_IR || model.getIrVersion() > NEWEST_IR) {
            throw refusal("IR version " + model.getIrVersion() + " is outside " + OLDEST_IR + " to " + NEWEST_IR);
        }
        if (model.getFunctionsCount() > 0) {
            throw refusal("functions of a model are not supported");
        }
        return new Loading(model).program();
    }

    /** The version of each operator set that the model imports and the oracle covers. */
    private static Map<String, Integer> versions(ModelProto model) {
        Map<String, Integer> versions = new TreeMap<>();
        Set<String> imports = new HashSet<>();
        for (OperatorSetIdProto imported : model.getOpsetImportList()) {
            String domain = domain(imported.getDomain());
            if (!imports.add(domain)) {
                throw refusal("domain '" + imported.getDomain() + "' is imported twice");
            }
            Operators.Versions covered = Operators.SETS.get(domain);
            if (covered == null) {
                continue;
            }
            if (!covered.hold(imported.getVersion())) {
                throw refusal((domain.isEmpty() ? "opset version " : "version of " + domain + " ")
                        + imported.getVersion() + " is outside " + covered.oldest() + " to " + covered.newest());
            }
            versions.put(domain, Math.toIntExact(imported.getVersion()));
        }
        return versions;
    }

    private static String domain(String name) {
        return name.equals("ai.onnx") ? "" : name;
    }

    private Program program() {
        if (graph.getSparseInitializerCount() > 0) {
            throw refusal("sparse initializers are not supported");
        }
        if (graph.getNodeCount() > MOST_NODES) {
            throw refusal("more than " + MOST_NODES + " nodes");
        }
        inputs.forEach(input -> types.put(input.name(), input.type()));
        for (TensorProto proto : graph.getInitializerList()) {
            initialize(proto);
        }
        graph.getNodeList().forEach(this::claimOutputs);
        List<Step> steps = new ArrayList<>();
        ordered().forEach(node -> steps.add(step(node)));
        Map<String, Declaration> declared = new HashMap<>();
        declarations(graph.getValueInfoList()).forEach(d -> declared.put(d.name(), d));
        List<Declaration> outputs = declarations(graph.getOutputList());
        for (Declaration output : outputs) {
            if (!types.containsKey(output.name())) {
                throw refusal("output '" + output.name() + "' is produced by nothing");
            }
            checkType(output);
        }
        declared.values().forEach(this::checkType);
        return new Program(inputs, outputs, declared, initializers, steps);
    }

    private static List<Declaration> declarations(List<ValueInfoProto> infos) {
        Map<String, Declaration> byName = new TreeMap<>();
        List<Declaration> all = new ArrayList<>();
        for (ValueInfoProto info : infos) {
            Declaration declaration = Declaration.of(info);
            if (byName.put(declaration.name(), declaration) != null) {
                throw refusal("'" + declaration.name() + "' is declared twice");
            }
            all.add(declaration);
        }
        return List.copyOf(all);
    }

    private void initialize(TensorProto proto) {
        String name = proto.getName();
        if (name.isEmpty()) {
            throw refusal("an initializer has no name");
        }
        Value value = Value.of(TensorProtos.read(proto));
        if (initializers.put(name, value) != null) {
            throw refusal("initializer '" + name + "' is given twice");
        }
        for (Declaration input : inputs) {
            if (input.name().equals(name)) {
                try {
                    input.check(value, new TreeMap<>());
                } catch (Oracle.Refusal misfit) {
                    throw refusal("initializer: " + misfit.getMessage());
                }
            }
        }
        types.put(name, value.type());
    }

    /** Every value is written once. */
    private void claimOutputs(NodeProto node) {
        for (String output : node.getOutputList()) {
            if (!output.isEmpty() && (types.containsKey(output) || !produced.add(output))) {
                throw refusal("'" + output + "' is written twice");
            }
        }
    }

    /** The nodes so that each comes after those it reads from, otherwise in the order given. */
    private List<NodeProto> ordered() {
        List<NodeProto> nodes = graph.getNodeList();
        Map<String, List<Integer>> readers = new HashMap<>();
        int[] waiting = new int[nodes.size()];
        Queue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : Set.copyOf(nodes.get(i).getInputList())) {
                if (produced.contains(input)) {
                    waiting[i]++;
                    readers.computeIfAbsent(input, k -> new ArrayList<>()).add(i);
                } else if (!input.isEmpty() && !types.containsKey(input)) {
                    throw refusal("node '" + nodes.get(i).getName() + "' reads '" + input + "', which nothing writes");
                }
            }
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        List<NodeProto> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            NodeProto node = nodes.get(ready.remove());
            ordered.add(node);
            for (String output : node.getOutputList()) {
                for (int reader : output.isEmpty() ? List.<Integer>of() : readers.getOrDefault(output, List.of())) {
                    if (--waiting[reader] == 0) {
                        ready.add(reader);
                    }
                }
            }
        }
        if (ordered.size() < nodes.size()) {
            throw refusal("the graph has a cycle");
        }
        return ordered;
    }

    private Step step(NodeProto node) {
        String type = node.getOpType();
        String domain = domain(node.getDomain());
        Integer version = versions.get(domain);
        if (version == null) {
            throw refusal("operator " + type + " is of domain '" + domain + "', which "
                    + (Operators.SETS.containsKey(domain) ? "the model does not import" : "is not known"));
        }
        Operator operator = Operators.find(domain, type, version)
                .orElseThrow(() -> refusal("operator " + type + " is not known at opset version " + version + "; "
                        + Nearest.to(type, Operators.names())
                                .map(n -> "is it " + n + "?")
                                .orElse("see the list of operators")));
        Signature signature = Operators.signature(domain, type, version);
        Attributes attributes = Attributes.of(node, signature);
        count(attributes, "input", node.getInputCount(), signature.inputs());
        count(attributes, "output", node.getOutputCount(), signature.outputs());
        List<Optional<ElementType>> given = new ArrayList<>();
        for (int i = 0; i < node.getInputCount(); i++) {
            String name = node.getInput(i);
            if (name.isEmpty() && !signature.mayBeEmpty(i)) {
                throw attributes.refusal("input " + i + " is missing");
            }
            given.add(Optional.ofNullable(types.get(name)));
        }
        List<ElementType> results = signature.infer(given, node.getOutputCount(), attributes);
        for (int i = 0; i < results.size(); i++) {
            if (!node.getOutput(i).isEmpty()) {
                types.put(node.getOutput(i), results.get(i));
            }
        }
        return new Step(operator, version, attributes, node.getInputList(), node.getOutputList(), results);
    }

    private static void count(Attributes node, String kind, int found, List<Signature.Parameter> parameters) {
        int fewest = Signature.fewest(parameters);
        int most = Signature.most(parameters);
        if (found < fewest || found > most) {
            throw node.refusal("found " + found + " " + kind + "s, must be " + fewest
                    + (most == fewest ? "" : most == Integer.MAX_VALUE ? " or more" : " to " + most));
        }
    }

    private void checkType(Declaration declaration) {
        ElementType known = types.get(declaration.name());
        if (known != null && known != declaration.type()) {
            throw refusal("'" + declaration.name() + "' is declared "
                    + declaration.type().label() + ", the graph gives " + known.label());
        }
    }

    private static Oracle.Refusal refusal(String why) {
        return new Oracle.Refusal(true, why);
    }
}
