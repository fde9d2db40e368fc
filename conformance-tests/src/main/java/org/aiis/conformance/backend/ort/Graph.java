package org.aiis.conformance.backend.ort;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The nodes of a model's main graph. Field numbers are those of onnx.proto: ModelProto.graph 7; GraphProto.node 1,
 * initializer 5, sparse_initializer 15, output 12; NodeProto.input 1, output 2, name 3, op_type 4, attribute 5.
 *
 * @param constants names of the initializers
 */
record Graph(List<Node> nodes, Set<String> constants) {
    static final Graph EMPTY = new Graph(List.of(), Set.of());

    Graph {
        nodes = List.copyOf(nodes);
        constants = Set.copyOf(constants);
    }

    /**
     * A node.
     *
     * @param index position in the graph
     * @param attributes each as its serialised bytes: compared in any order, never read
     */
    record Node(
            int index, String name, String op, List<String> inputs, List<String> outputs, List<ByteBuffer> attributes) {
        /** Its name, or {@code #index/Op} where it has none. */
        String label() {
            return name.isEmpty() ? "#" + index + "/" + op : name;
        }

        /** Whether another at the same position goes by the same name: nodes without one are told by what they make. */
        boolean isCalledAs(Node other) {
            return op.equals(other.op) && name.equals(other.name) && (!name.isEmpty() || outputs.equals(other.outputs));
        }
    }

    /** Whether its nodes are those of the graph before it was optimised, in their order. */
    boolean isAsIn(Graph original) {
        if (nodes.size() != original.nodes.size()) {
            return false;
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).isCalledAs(original.nodes.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Reads a serialised ModelProto; what is not one has no nodes. */
    static Graph read(ByteBuffer model) {
        try {
            Graph graph = EMPTY;
            ProtobufFields fields = new ProtobufFields(model);
            while (fields.next()) {
                if (fields.number() == 7) {
                    graph = graph(fields.message());
                }
            }
            return graph;
        } catch (IllegalArgumentException e) {
            return EMPTY; // Not protobuf: there is no node whose place could be told; the runtime rejects it itself.
        }
    }

    private static Graph graph(ByteBuffer message) {
        List<Node> nodes = new ArrayList<>();
        Set<String> constants = new HashSet<>();
        ProtobufFields fields = new ProtobufFields(message);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> nodes.add(node(nodes.size(), fields.message()));
                case 5 -> constants.add(nameOf(fields.message(), 8));
                case 15 -> constants.add(sparseName(fields.message()));
                default -> {}
            }
        }
        return new Graph(nodes, constants);
    }

    private static Node node(int index, ByteBuffer message) {
        String name = "";
        String op = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<ByteBuffer> attributes = new ArrayList<>();
        ProtobufFields fields = new ProtobufFields(message);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> inputs.add(fields.text());
                case 2 -> outputs.add(fields.text());
                case 3 -> name = fields.text();
                case 4 -> op = fields.text();
                case 5 -> attributes.add(fields.message());
                default -> {}
            }
        }
        return new Node(index, name, op, List.copyOf(inputs), List.copyOf(outputs), attributes);
    }

    /** SparseTensorProto.values 1 carries the name. */
    private static String sparseName(ByteBuffer message) {
        ProtobufFields fields = new ProtobufFields(message);
        while (fields.next()) {
            if (fields.number() == 1) {
                return nameOf(fields.message(), 8);
            }
        }
        return "";
    }

    private static String nameOf(ByteBuffer message, int number) {
        ProtobufFields fields = new ProtobufFields(message);
        String name = "";
        while (fields.next()) {
            if (fields.number() == number) {
                name = fields.text();
            }
        }
        return name;
    }
}
