package org.aiis.conformance.catalogue.coverage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.conformance.catalogue.schema.Schema;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.conformance.catalogue.schema.TypeName;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.FunctionProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.onnx.TypeProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.spec.codec.InputException;

/**
 * Which types the nodes of a model bind the type variables of their schemas to, in subgraphs and functions too. Types come
 * from what the model declares, and flow from node to node as {@link ResultTypes} says.
 */
public final class Bindings {
    private static final int DEEPEST = 32;
    private static final int MOST_NODES = 1_000_000;

    /**
     * A node that has a schema.
     *
     * @param inputs what stands at each place; none where a name is empty or its type could not be told
     * @param bound by type variable the types that the node's inputs and outputs have there
     * @param undetermined type variables of which some input or output has a type that could not be told
     */
    public record Node(
            Schema schema,
            NodeProto proto,
            List<Optional<Value>> inputs,
            SortedMap<String, Set<TypeName>> bound,
            SortedSet<String> undetermined) {
        public Node {
            inputs = List.copyOf(inputs);
            bound = Collections.unmodifiableSortedMap(bound);
            undetermined = Collections.unmodifiableSortedSet(undetermined);
        }
    }

    /**
     * What a name stands for.
     *
     * @param source the graph input or initializer of the main graph that it is, or ""
     */
    public record Value(TypeName type, String source) {}

    /** What holds in a graph or in the body of a function. */
    private record Scope(
            Map<String, Value> values, Map<String, Integer> opsets, Map<String, AttributeProto> given, int depth) {
        Scope inner() {
            return new Scope(new HashMap<>(values), opsets, given, deeper());
        }

        int deeper() {
            if (depth >= DEEPEST) {
                throw InputException.of("graphs and functions are nested deeper than " + DEEPEST, "");
            }
            return depth + 1;
        }
    }

    private final Schemas schemas;
    private final Map<String, FunctionProto> functions = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private int visited;

    private Bindings(Schemas schemas) {
        this.schemas = schemas;
    }

    /** The nodes of a model, in the order in which they can be run. */
    public static List<Node> of(ModelProto model, Schemas schemas) {
        Bindings bindings = new Bindings(schemas);
        model.getFunctionsList().forEach(f -> bindings.functions.put(f.getDomain() + "/" + f.getName(), f));
        Scope scope = new Scope(new HashMap<>(), opsets(model.getOpsetImportList()), Map.of(), 0);
        bindings.graph(model.getGraph(), scope, List.of());
        return List.copyOf(bindings.nodes);
    }

    private static Map<String, Integer> opsets(List<OperatorSetIdProto> imports) {
        Map<String, Integer> opsets = new HashMap<>();
        imports.forEach(i -> opsets.put(normal(i.getDomain()), (int) i.getVersion()));
        return opsets;
    }

    private static String normal(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }

    /** Walks a graph whose inputs have these types where it declares none, and gives the types of its outputs. */
    private List<Optional<TypeName>> graph(GraphProto graph, Scope scope, List<Optional<TypeName>> otherwise) {
        boolean main = scope.depth() == 0;
        Map<String, Value> values = scope.values();
        graph.getInitializerList().forEach(t -> element(t.getDataType())
                .ifPresent(e -> values.put(t.getName(), new Value(e, main ? t.getName() : ""))));
        graph.getSparseInitializerList().forEach(s -> element(s.getValues().getDataType())
                .ifPresent(e -> values.put(s.getValues().getName(), new Value(e, ""))));
        for (int i = 0; i < graph.getInputCount(); i++) {
            String name = graph.getInput(i).getName();
            Optional<TypeName> flowing = i < otherwise.size() ? otherwise.get(i) : Optional.empty();
            declared(graph.getInput(i))
                    .or(() -> flowing)
                    .ifPresent(t -> values.put(name, new Value(t, main ? name : "")));
        }
        Map<String, TypeName> declared = new HashMap<>();
        for (List<ValueInfoProto> infos : List.of(graph.getValueInfoList(), graph.getOutputList())) {
            infos.forEach(v -> declared(v).ifPresent(t -> declared.put(v.getName(), t)));
        }
        nodes(graph.getNodeList(), declared, scope);
        return graph.getOutputList().stream()
                .map(o -> Optional.ofNullable(values.get(o.getName())).map(Value::type))
                .toList();
    }

    /** Each node once, as soon as its inputs are known, else in the order in which it stands. */
    private void nodes(List<NodeProto> all, Map<String, TypeName> declared, Scope scope) {
        List<NodeProto> waiting = new ArrayList<>(all);
        while (!waiting.isEmpty()) {
            List<NodeProto> later = new ArrayList<>();
            for (NodeProto node : waiting) {
                if (node.getInputList().stream()
                        .allMatch(i -> i.isEmpty() || scope.values().containsKey(i))) {
                    node(node, declared, scope);
                } else {
                    later.add(node);
                }
            }
            if (later.size() == waiting.size()) {
                node(later.remove(0), declared, scope);
            }
            waiting = later;
        }
    }

    private void node(NodeProto node, Map<String, TypeName> declared, Scope scope) {
        if (++visited > MOST_NODES) {
            throw InputException.of("a model has more than " + MOST_NODES + " nodes, functions spread out", "");
        }
        List<Optional<Value>> inputs = node.getInputList().stream()
                .map(name -> Optional.ofNullable(scope.values().get(name)))
                .toList();
        Map<String, AttributeProto> attributes = attributes(node, scope);
        String domain = normal(node.getDomain());
        FunctionProto function = functions.get(node.getDomain() + "/" + node.getOpType());
        List<Optional<TypeName>> results;
        Optional<Schema> schema = Optional.empty();
        if (function != null) {
            results = function(function, inputs, attributes, scope);
        } else {
            schema = schemas.find(domain, node.getOpType(), scope.opsets().getOrDefault(domain, 0));
            List<Optional<TypeName>> given =
                    inputs.stream().map(v -> v.map(Value::type)).toList();
            Map<String, List<Optional<TypeName>>> subgraphs = subgraphs(node, attributes, given, scope);
            results = schema.map(
                            s -> new ResultTypes(s, attributes, subgraphs, given, schemas).all(node.getOutputCount()))
                    .orElse(List.of());
        }
        List<Optional<TypeName>> outputs = new ArrayList<>();
        for (int i = 0; i < node.getOutputCount(); i++) {
            String name = node.getOutput(i);
            Optional<TypeName> flowing = i < results.size() ? results.get(i) : Optional.empty();
            Optional<TypeName> type = Optional.ofNullable(declared.get(name)).or(() -> flowing);
            outputs.add(type);
            if (!name.isEmpty()) {
                type.ifPresent(t -> scope.values().put(name, new Value(t, "")));
            }
        }
        schema.ifPresent(s -> nodes.add(bound(s, node, inputs, outputs)));
    }

    private static Node bound(
            Schema schema, NodeProto node, List<Optional<Value>> inputs, List<Optional<TypeName>> outputs) {
        SortedMap<String, Set<TypeName>> bound = new TreeMap<>();
        SortedSet<String> undetermined = new TreeSet<>();
        List<Optional<TypeName>> given =
                inputs.stream().map(v -> v.map(Value::type)).toList();
        bind(schema, schema.inputs(), node.getInputList(), given, bound, undetermined);
        bind(schema, schema.outputs(), node.getOutputList(), outputs, bound, undetermined);
        return new Node(schema, node, inputs, bound, undetermined);
    }

    private static void bind(
            Schema schema,
            List<Schema.Parameter> parameters,
            List<String> names,
            List<Optional<TypeName>> types,
            Map<String, Set<TypeName>> bound,
            Set<String> undetermined) {
        for (int i = 0; i < names.size(); i++) {
            Optional<String> variable = Schema.at(parameters, i)
                    .map(Schema.Parameter::type)
                    .filter(type -> schema.types().containsKey(type));
            if (variable.isPresent() && !names.get(i).isEmpty()) {
                Optional<TypeName> type = types.get(i);
                if (type.isPresent()) {
                    bound.computeIfAbsent(variable.get(), v -> new TreeSet<>()).add(type.get());
                } else {
                    undetermined.add(variable.get());
                }
            }
        }
    }

    /** A node's attributes by name; one that refers to an attribute of its function is what the caller gave. */
    private static Map<String, AttributeProto> attributes(NodeProto node, Scope scope) {
        Map<String, AttributeProto> attributes = new LinkedHashMap<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getRefAttrName().isEmpty()) {
                attributes.put(attribute.getName(), attribute);
            } else if (scope.given().containsKey(attribute.getRefAttrName())) {
                attributes.put(attribute.getName(), scope.given().get(attribute.getRefAttrName()));
            }
        }
        return attributes;
    }

    private List<Optional<TypeName>> function(
            FunctionProto function,
            List<Optional<Value>> inputs,
            Map<String, AttributeProto> attributes,
            Scope caller) {
        Map<String, Value> values = new HashMap<>();
        for (int i = 0; i < Math.min(function.getInputCount(), inputs.size()); i++) {
            String name = function.getInput(i);
            inputs.get(i).ifPresent(v -> values.put(name, v));
        }
        Map<String, AttributeProto> given = new HashMap<>();
        function.getAttributeProtoList().forEach(a -> given.put(a.getName(), a));
        given.putAll(attributes);
        nodes(
                function.getNodeList(),
                Map.of(),
                new Scope(values, opsets(function.getOpsetImportList()), given, caller.deeper()));
        return function.getOutputList().stream()
                .map(name -> Optional.ofNullable(values.get(name)).map(Value::type))
                .toList();
    }

    private Map<String, List<Optional<TypeName>>> subgraphs(
            NodeProto node, Map<String, AttributeProto> attributes, List<Optional<TypeName>> given, Scope scope) {
        Map<String, List<Optional<TypeName>>> outputs = new HashMap<>();
        attributes.forEach((name, attribute) -> {
            if (attribute.hasG()) {
                outputs.put(name, graph(attribute.getG(), scope.inner(), ResultTypes.fed(node.getOpType(), given)));
            }
            attribute.getGraphsList().forEach(g -> graph(g, scope.inner(), List.of()));
        });
        return outputs;
    }

    private Optional<TypeName> element(int number) {
        return schemas.element(number).map(TypeName::tensor);
    }

    private Optional<TypeName> declared(ValueInfoProto value) {
        return type(value.getType(), schemas);
    }

    /** The name of a type that a model declares, where it is known. */
    static Optional<TypeName> type(TypeProto type, Schemas schemas) {
        return switch (type.getValueCase()) {
            case TENSOR_TYPE ->
                schemas.element(type.getTensorType().getElemType()).map(TypeName::tensor);
            case SEQUENCE_TYPE ->
                type(type.getSequenceType().getElemType(), schemas).map(TypeName::sequence);
            case OPTIONAL_TYPE ->
                type(type.getOptionalType().getElemType(), schemas).map(TypeName::optional);
            case MAP_TYPE ->
                schemas.element(type.getMapType().getKeyType()).flatMap(key -> schemas.element(
                                type.getMapType().getValueType().getTensorType().getElemType())
                        .map(value -> new TypeName("map(" + key + ", " + value + ")")));
            case VALUE_NOT_SET -> Optional.empty();
        };
    }
}
