package org.aiis.conformance.catalogue.hostile;

import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.onnx.ValueInfoProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;

/** The graph: cycles, names used twice, bodies that capture what is not there, depth, long names, chains of its own nodes. */
final class GraphDamage {
    private static final int LONG_NAME = 1 << 18;
    private static final int DEEP = 20;

    /** Ranks grow with it where the node adds an axis, and sizes as a power of it where it adds elements. */
    private static final int CHAIN = 8;

    private GraphDamage() {}

    static List<Damage.Named> all() {
        return List.of(
                Damage.model("cycle", GraphDamage::cycle),
                Damage.model("same-output", GraphDamage::sameOutput),
                Damage.model("same-initializer", GraphDamage::sameInitializer),
                Damage.model("same-input", (model, seeded) -> {
                    if (model.getGraph().getInputCount() > 0) {
                        model.getGraphBuilder().addInput(model.getGraph().getInput(0));
                    }
                }),
                Damage.model(
                        "no-node", (model, seeded) -> model.getGraphBuilder().clearNode()),
                Damage.model("reversed", GraphDamage::reverse),
                Damage.model("branch-captures", GraphDamage::branch),
                Damage.model("deep-branches", GraphDamage::deep),
                Damage.model("long-name", GraphDamage::longName),
                Damage.model("chained", GraphDamage::chain),
                Damage.model("output-of-nothing", (model, seeded) -> {
                    model.getGraphBuilder()
                            .addOutput(ValueInfoProto.newBuilder()
                                    .setName(Odd.one(List.of("nothing", "", "../x"), seeded)));
                }),
                Damage.model("no-graph", (model, seeded) -> model.clearGraph()));
    }

    /** A node reads what it, or a later one, makes. */
    private static void cycle(ModelProto.Builder model, Seeded seeded) {
        NodeProto.Builder first = Damage.anyNode(model, seeded);
        NodeProto last = model.getGraph().getNode(model.getGraph().getNodeCount() - 1);
        String made = last.getOutputCount() == 0 ? "nothing" : last.getOutput(0);
        if (first.getInputCount() == 0) {
            first.addInput(made);
        } else {
            first.setInput((int) seeded.integer(0, first.getInputCount() - 1), made);
        }
    }

    private static void sameOutput(ModelProto.Builder model, Seeded seeded) {
        NodeProto node = Damage.anyNode(model, seeded).build();
        if (seeded.coin()) {
            model.getGraphBuilder().addNode(node);
        } else if (node.getInputCount() > 0 && node.getOutputCount() > 0) {
            model.getGraphBuilder()
                    .addNode(NodeProto.newBuilder()
                            .setOpType("Identity")
                            .addInput(node.getOutput(0))
                            .addOutput(node.getInput(0)));
        }
    }

    private static void sameInitializer(ModelProto.Builder model, Seeded seeded) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(Odd.one(NodeDamage.names(model.getGraph()), seeded))
                .setDataType(ElementType.FLOAT32.onnx())
                .addDims(2)
                .addFloatData(1)
                .addFloatData(2);
        model.getGraphBuilder().addInitializer(tensor);
        if (seeded.coin()) {
            model.getGraphBuilder().addInitializer(tensor.clearDims().addDims(1).clearFloatData());
        }
    }

    /** No node comes after those that it reads from. */
    private static void reverse(ModelProto.Builder model, Seeded seeded) {
        NodeProto node = Damage.anyNode(model, seeded).build();
        model.getGraphBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput(node.getOutputCount() == 0 ? "nothing" : node.getOutput(0))
                        .addOutput("early"));
        List<NodeProto> nodes = new java.util.ArrayList<>(model.getGraph().getNodeList());
        java.util.Collections.reverse(nodes);
        model.getGraphBuilder().clearNode().addAllNode(nodes);
    }

    /** The nodes move into a branch of If, whose outputs or captured values do not fit. */
    private static void branch(ModelProto.Builder model, Seeded seeded) {
        GraphProto graph = model.getGraph();
        GraphProto.Builder body = GraphProto.newBuilder().setName("body").addAllNode(graph.getNodeList());
        switch ((int) seeded.integer(0, 3)) {
            case 0 -> body.addOutput(ValueInfoProto.newBuilder().setName("nothing"));
            case 1 -> body.addAllOutput(graph.getOutputList()).addAllInput(graph.getInputList());
            case 2 -> {
                body.addAllOutput(graph.getOutputList());
                body.addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("later")
                        .addOutput("unused"));
            }
            default -> body.addAllOutput(graph.getOutputList());
        }
        model.getGraphBuilder()
                .clearNode()
                .addInitializer(condition())
                .addNode(either(graph, body.build(), seeded.coin() ? body.build() : GraphProto.getDefaultInstance()))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("cond")
                        .addOutput("later"));
    }

    /** Each branch holds the next: below the depth that protobuf's own readers refuse. */
    private static void deep(ModelProto.Builder model, Seeded seeded) {
        GraphProto graph = model.getGraph();
        GraphProto body = GraphProto.newBuilder()
                .setName("innermost")
                .addAllNode(graph.getNodeList())
                .addAllOutput(graph.getOutputList())
                .build();
        for (long i = seeded.integer(2, DEEP); i > 0; i--) {
            body = GraphProto.newBuilder()
                    .setName("level")
                    .addNode(either(graph, body, body.toBuilder().clearNode().build()))
                    .addAllOutput(graph.getOutputList())
                    .build();
        }
        model.getGraphBuilder().clearNode().addInitializer(condition()).addAllNode(body.getNodeList());
    }

    private static NodeProto either(GraphProto graph, GraphProto then, GraphProto otherwise) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType("If")
                .addInput("cond")
                .addAttribute(branchOf("then_branch", then))
                .addAttribute(branchOf("else_branch", otherwise));
        graph.getOutputList().forEach(o -> node.addOutput(o.getName()));
        return node.build();
    }

    private static AttributeProto branchOf(String name, GraphProto graph) {
        return Attribute.of(name, graph);
    }

    private static TensorProto condition() {
        return TensorProto.newBuilder()
                .setName("cond")
                .setDataType(ElementType.BOOL.onnx())
                .addInt32Data(1)
                .build();
    }

    private static void longName(ModelProto.Builder model, Seeded seeded) {
        String name = Odd.one(List.of("n", "../", "\u0000", "%n", "\ud83d\ude00"), seeded)
                .repeat(LONG_NAME / 4);
        switch ((int) seeded.integer(0, 3)) {
            case 0 -> Damage.anyNode(model, seeded).setName(name);
            case 1 -> Damage.anyNode(model, seeded).setOpType(name);
            case 2 -> Damage.anyNode(model, seeded).addInput(name);
            default -> {
                if (model.getGraph().getOutputCount() > 0) {
                    model.getGraphBuilder().getOutputBuilder(0).setName(name);
                }
                Damage.anyNode(model, seeded).addOutput(name);
            }
        }
    }

    /** The node again and again on its own result: what optimisers meet when they walk. */
    private static void chain(ModelProto.Builder model, Seeded seeded) {
        NodeProto node = Damage.anyNode(model, seeded).build();
        if (node.getInputCount() == 0 || node.getOutputCount() == 0) {
            return;
        }
        String from = node.getOutput(0);
        for (int i = 0; i < CHAIN; i++) {
            NodeProto.Builder next = node.toBuilder().setName("").setInput(0, from);
            for (int k = 0; k < next.getOutputCount(); k++) {
                next.setOutput(k, "chain" + i + "." + k);
            }
            from = next.getOutput(0);
            model.getGraphBuilder().addNode(next);
        }
        model.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(from));
    }
}
