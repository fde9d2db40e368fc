package org.aiis.reference.evaluator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.older.OlderForms;
import org.aiis.reference.older.Scope;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.ControlFlow;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Value;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Checks a graph and puts its nodes in order: the rules of ONNX's IR document that do not need values. Graphs of
 * attributes and bodies of functions are graphs of their own; the first see the names around them, the others do not.
 */
final class Loading implements Scope {
    private static final int OLDEST_IR = 3;
    private static final int NEWEST_IR = 14;
    private static final int MOST_NODES = 100_000;
    /** Graphs within graphs and functions within functions, each of which takes some of the stack when it runs. */
    private static final int DEEPEST = 64;

    /** What all graphs of a model share. */
    private static final class Model {
        private final Functions functions;
        private final ExternalTensors.Files files;
        private int nodes;

        Model(ModelProto model, ExternalTensors.Files files) {
            this.functions = new Functions(model.getFunctionsList());
            this.files = files;
        }

        void count(int more) {
            nodes += more;
            if (nodes > MOST_NODES) {
                throw refusal("more than " + MOST_NODES + " nodes");
            }
        }
    }

    private final Model model;
    private final Map<String, Integer> versions;
    private final Optional<Loading> around;
    /** Functions whose bodies this graph is in, outermost first. */
    private final List<FunctionProto> calls;

    private final int depth;
    private final GraphProto graph;
    private final List<Declaration> inputs;
    private final Map<String, Value> initializers = new HashMap<>();
    private final Map<String, Outside> outside = new HashMap<>();
    private final Map<String, Type> types = new HashMap<>();
    private final Set<String> produced = new HashSet<>();

    private Loading(
            Model model,
            Map<String, Integer> versions,
            Optional<Loading> around,
            List<FunctionProto> calls,
            int depth,
            GraphProto graph,
            List<Type> inputTypes) {
        if (depth > DEEPEST) {
            throw refusal("graphs are nested more than " + DEEPEST + " deep");
        }
        this.model = model;
        this.versions = versions;
        this.around = around;
        this.calls = calls;
        this.depth = depth;
        this.graph = graph;
        this.inputs = declarations(graph.getInputList(), inputTypes);
    }

    static Program program(ModelProto proto, ExternalTensors.Files files) {
        if (!proto.hasGraph()) {
            throw refusal("the model has no graph");
        }
        if (proto.getIrVersion() < OLDEST_IR || proto.getIrVersion() > NEWEST_IR) {
            throw refusal("IR version " + proto.getIrVersion() + " is outside " + OLDEST_IR + " to " + NEWEST_IR);
        }
        Map<String, Integer> versions = Imports.versions(proto.getOpsetImportList());
        Graph graph = new Loading(
                        new Model(proto, files), versions, Optional.empty(), List.of(), 1, proto.getGraph(), List.of())
                .graph();
        graph.inputs().forEach(input -> boundary("input", input));
        graph.outputs().forEach(output -> boundary("output", output));
        return new Program(graph);
    }

    private static void boundary(String what, Declaration declaration) {
        if (!(declaration.type() instanceof Type.Tensor)) {
            throw refusal(what + " '" + declaration.name() + "' of the model is "
                    + declaration.type().label() + "; the oracle takes and gives tensors only");
        }
    }

    private Graph graph() {
        if (graph.getSparseInitializerCount() > 0) {
            throw refusal("sparse initializers are not supported");
        }
        model.count(graph.getNodeCount());
        inputs.forEach(input -> types.put(input.name(), input.type()));
        for (TensorProto proto : graph.getInitializerList()) {
            initialize(proto);
        }
        graph.getNodeList().forEach(this::claimOutputs);
        List<Step> steps = new ArrayList<>();
        Ordering.of(graph.getNodeList(), produced, name -> find(name).isPresent())
                .forEach(node -> steps.addAll(steps(node)));
        Map<String, Declaration> declared = new HashMap<>();
        declarations(graph.getValueInfoList(), List.of()).forEach(d -> declared.put(d.name(), d));
        List<Type> outputTypes = new ArrayList<>();
        for (ValueInfoProto output : graph.getOutputList()) {
            outputTypes.add(find(output.getName())
                    .orElseThrow(() -> refusal("output '" + output.getName() + "' is produced by nothing")));
        }
        List<Declaration> outputs = declarations(graph.getOutputList(), outputTypes);
        outputs.forEach(this::checkType);
        declared.values().forEach(this::checkType);
        return new Graph(inputs, outputs, declared, initializers, outside, steps);
    }

    /** The type of a name of this graph or of one around it. */
    private Optional<Type> find(String name) {
        Type own = types.get(name);
        return own == null ? around.flatMap(outer -> outer.find(name)) : Optional.of(own);
    }

    private List<Declaration> declarations(List<ValueInfoProto> infos, List<Type> otherwise) {
        Set<String> names = new TreeSet<>();
        List<Declaration> all = new ArrayList<>();
        for (int i = 0; i < infos.size(); i++) {
            boolean inferred = depth > 1 && i < otherwise.size();
            Declaration declaration =
                    Declaration.of(infos.get(i), inferred ? Optional.of(otherwise.get(i)) : Optional.empty());
            if (!names.add(declaration.name())) {
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
        if (initializers.containsKey(name) || outside.containsKey(name)) {
            throw refusal("initializer '" + name + "' is given twice");
        }
        if (ExternalTensors.outside(proto) && model.files != ExternalTensors.Files.NONE) {
            Outside one = Outside.of(proto, model.files);
            outside.put(name, one);
            types.put(name, Type.tensor(one.type()));
            if (inputs.stream().anyMatch(input -> input.name().equals(name))) {
                checkDefault(name, one.value(false));
            }
            return;
        }
        Value value = Value.of(TensorProtos.read(proto));
        initializers.put(name, value);
        checkDefault(name, value);
        types.put(name, value.kind());
    }

    private void checkDefault(String name, Value value) {
        for (Declaration input : inputs) {
            if (input.name().equals(name)) {
                try {
                    input.check(value, new TreeMap<>());
                } catch (Oracle.Refusal misfit) {
                    throw refusal("initializer: " + misfit.getMessage());
                }
            }
        }
    }

    /** Every value is written once, also by nodes of graphs within this one. */
    private void claimOutputs(NodeProto node) {
        for (String output : node.getOutputList()) {
            if (!output.isEmpty() && (find(output).isPresent() || !produced.add(output))) {
                throw refusal("'" + output + "' is written twice");
            }
        }
    }

    /** One, or several where the node has a form of an older version. */
    private List<Step> steps(NodeProto node) {
        Optional<FunctionProto> function = model.functions.find(node);
        if (function.isPresent()) {
            return List.of(call(node, function.get()));
        }
        Integer version = versions.get(Imports.domain(node.getDomain()));
        if (version == null || !Operators.isOlder(Imports.domain(node.getDomain()), version)) {
            return List.of(operator(node, version));
        }
        if (!Operators.has("", node.getOpType(), version)) {
            throw unknown(node.getOpType(), version);
        }
        List<Step> steps = new ArrayList<>();
        OlderForms.modern(node, version, this).forEach(form -> steps.add(operator(form, Program.OLDEST_OPSET)));
        return steps;
    }

    @Override
    public Optional<ElementType> type(String name) {
        return find(name)
                .flatMap(type -> type instanceof Type.Tensor tensor ? Optional.of(tensor.element()) : Optional.empty());
    }

    @Override
    public Optional<Tensor> constant(String name) {
        Value own = initializers.get(name);
        if (own == null && outside.containsKey(name)) {
            return Optional.ofNullable(outside.get(name))
                    .map(one -> one.value(false).tensor());
        }
        return own == null ? around.flatMap(outer -> outer.constant(name)) : Optional.of(own.tensor());
    }

    private static Oracle.Refusal unknown(String type, int version) {
        return refusal("operator " + type + " is not known at opset version " + version + "; "
                + Nearest.to(type, Operators.names())
                        .map(n -> "is it " + n + "?")
                        .orElse("see the list of operators"));
    }

    private Step operator(NodeProto node, @Nullable Integer version) {
        String type = node.getOpType();
        String domain = Imports.domain(node.getDomain());
        if (version == null) {
            throw refusal("operator " + type + " is of domain '" + domain + "', which "
                    + (Operators.SETS.containsKey(domain) ? "the model does not import" : "is not known"));
        }
        Operator operator = Operators.find(domain, type, version).orElseThrow(() -> unknown(type, version));
        Signature signature = Operators.signature(domain, type, version);
        Attributes attributes = Attributes.of(node, signature);
        count(attributes, "input", node.getInputCount(), signature.inputs());
        count(attributes, "output", node.getOutputCount(), signature.outputs());
        List<Optional<Type>> given = new ArrayList<>();
        for (int i = 0; i < node.getInputCount(); i++) {
            String name = node.getInput(i);
            if (name.isEmpty() && !signature.mayBeEmpty(i)) {
                throw attributes.refusal("input " + i + " is missing");
            }
            given.add(find(name));
        }
        if (operator instanceof ControlFlow flow) {
            return flow(node, flow, version, signature, attributes, given);
        }
        List<Type> results = signature.infer(given, node.getOutputCount(), attributes);
        return typed(node, operator, version, attributes, results, Map.of());
    }

    private Step flow(
            NodeProto node,
            ControlFlow operator,
            int version,
            Signature signature,
            Attributes attributes,
            List<Optional<Type>> given) {
        signature.checked(given, attributes);
        Map<String, Graph> bodies = new TreeMap<>();
        Map<String, List<Type>> results = new TreeMap<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getType() == AttributeProto.AttributeType.GRAPH) {
                List<Type> expected = operator.bodyInputs(attribute.getName(), given, attributes);
                Graph body = nested(attribute.getG(), expected, attributes);
                bodies.put(attribute.getName(), body);
                results.put(
                        attribute.getName(),
                        body.outputs().stream().map(Declaration::type).toList());
            }
        }
        List<Type> types = operator.outputs(results, given, attributes);
        if (types.size() != node.getOutputCount()) {
            throw attributes.refusal(
                    "names " + node.getOutputCount() + " outputs where its graphs give " + types.size());
        }
        for (int i = 0; i < types.size(); i++) {
            signature.checkOutput(i, types.get(i), attributes);
        }
        return typed(node, operator, version, attributes, types, bodies);
    }

    private Graph nested(GraphProto proto, List<Type> expected, Attributes node) {
        if (proto.getInputCount() != expected.size()) {
            throw node.refusal("its graph has " + proto.getInputCount() + " inputs, must have " + expected.size());
        }
        Loading body = new Loading(model, versions, Optional.of(this), calls, depth + 1, proto, expected);
        for (int i = 0; i < expected.size(); i++) {
            Declaration input = body.inputs.get(i);
            if (!input.type().equals(expected.get(i))) {
                throw node.refusal("input '" + input.name() + "' of its graph is "
                        + input.type().label() + ", must be " + expected.get(i).label());
            }
        }
        return body.graph();
    }

    private Step call(NodeProto node, FunctionProto function) {
        Attributes plain = Attributes.of(
                node.toBuilder().clearAttribute().build(), new FunctionCall().signature(Program.OLDEST_OPSET));
        if (calls.contains(function)) {
            throw plain.refusal("the function calls itself");
        }
        List<FunctionProto> deeper = new ArrayList<>(calls);
        deeper.add(function);
        List<Type> given = new ArrayList<>();
        for (String name : node.getInputList()) {
            find(name).ifPresent(given::add);
        }
        Graph body = new Loading(
                        model,
                        Imports.versions(function.getOpsetImportList()),
                        Optional.empty(),
                        deeper,
                        depth + 1,
                        Functions.body(function, node),
                        given)
                .graph();
        List<Type> results = body.outputs().stream().map(Declaration::type).toList();
        return typed(node, new FunctionCall(), 0, plain, results, Map.of(FunctionCall.BODY, body));
    }

    private Step typed(
            NodeProto node,
            Operator operator,
            int version,
            Attributes attributes,
            List<Type> results,
            Map<String, Graph> bodies) {
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (!node.getOutput(i).isEmpty()) {
                types.put(node.getOutput(i), results.get(i));
            }
        }
        return new Step(operator, version, attributes, node.getInputList(), node.getOutputList(), results, bodies);
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
        find(declaration.name()).ifPresent(known -> {
            if (!known.equals(declaration.type())) {
                throw refusal("'" + declaration.name() + "' is declared "
                        + declaration.type().label() + ", the graph gives " + known.label());
            }
        });
    }

    private static Oracle.Refusal refusal(String why) {
        return new Oracle.Refusal(true, why);
    }
}
