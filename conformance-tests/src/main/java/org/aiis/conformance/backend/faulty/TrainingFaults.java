package org.aiis.conformance.backend.faulty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Step.Feed;

/** What goes wrong in training: each changes what a training step computes, or what it is fed, and leaves other models alone. */
final class TrainingFaults {
    private TrainingFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                step(
                        "gradient-scaled",
                        "TRAIN-STEP-GRADIENT",
                        "the gradient of a training step is too large by a thousandth",
                        graph -> makes(graph, "loss") && makes(graph, "g"),
                        node -> node.getOutputList().contains("g") ? times(node, 1.001) : List.of(node)),
                step(
                        "adam-uncorrected",
                        "TRAIN-TEN-STEPS",
                        "Adam leaves out the correction of bias",
                        graph -> makes(graph, "m_o") && makes(graph, "v_o"),
                        node -> node.getOpType().equals("Pow") ? times(node, 0) : List.of(node)),
                step(
                        "labels-shuffled",
                        "TRAIN-STEP-LOSS",
                        "a training step takes the labels of other records",
                        graph -> makes(graph, "loss"),
                        node -> node.getOpType().equals("Gather")
                                        && node.getInput(0).equals("y")
                                ? fromTheEnd(node)
                                : List.of(node)),
                step(
                        "rate-fixed",
                        "TRAIN-SCHEDULE",
                        "a training step takes the rate 0.5, whatever rate it is given",
                        graph -> graph.getInputList().stream()
                                .anyMatch(i -> i.getName().equals("rate")),
                        node -> List.of(withInput(node, "rate", "fault_0.5"))),
                step(
                        "dropout-active",
                        "EVAL-DROPOUT-INACTIVE",
                        "Dropout drops half of the elements though it is not in training mode",
                        graph -> true,
                        node -> node.getOpType().equals("Dropout") && node.getInputCount() < 3
                                ? dropped(node)
                                : List.of(node)),
                new Fault.Named(
                        "batch-stale",
                        "TRAIN-TEN-STEPS",
                        "a training step gets the batch of the step before",
                        StaleBatch::new));
    }

    private static Fault.Named step(
            String name,
            String breaks,
            String summary,
            Predicate<GraphProto> applies,
            Function<NodeProto, List<NodeProto>> change) {
        return new Fault.Named(name, breaks, summary, () -> new Fault() {
            @Override
            public ModelProto model(ModelProto model) {
                if (!applies.test(model.getGraph())) {
                    return model;
                }
                List<NodeProto> nodes = new ArrayList<>();
                model.getGraph().getNodeList().forEach(node -> nodes.addAll(change.apply(node)));
                if (nodes.equals(model.getGraph().getNodeList())) {
                    return model;
                }
                ModelProto.Builder changed = model.toBuilder();
                changed.getGraphBuilder().clearNode().addAllNode(nodes);
                for (double number : new double[] {0, 0.5, 1.001, 2, 1e4}) {
                    Tensor value = Tensor.ofReals(ElementType.FLOAT32, Shape.SCALAR, number);
                    changed.getGraphBuilder().addInitializer(TensorProtos.write(constant(number), value));
                }
                return changed.build();
            }
        });
    }

    private static String constant(double number) {
        return number == (long) number ? "fault_" + (long) number : "fault_" + number;
    }

    private static boolean makes(GraphProto graph, String output) {
        return graph.getOutputList().stream().anyMatch(o -> o.getName().equals(output));
    }

    private static List<NodeProto> times(NodeProto node, double factor) {
        String result = node.getOutput(0);
        return List.of(
                node.toBuilder().setOutput(0, result + "_right").build(),
                node("Mul", result, result + "_right", constant(factor)));
    }

    private static List<NodeProto> fromTheEnd(NodeProto node) {
        return List.of(
                node("Neg", "fault_places", node.getInput(1)),
                node.toBuilder().setInput(1, "fault_places").build());
    }

    private static NodeProto withInput(NodeProto node, String name, String other) {
        NodeProto.Builder changed = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            if (node.getInput(i).equals(name)) {
                changed.setInput(i, other);
            }
        }
        return changed.build();
    }

    /** Half of the elements, chosen by bits that mean nothing, and the others doubled, as a training does. */
    private static List<NodeProto> dropped(NodeProto node) {
        String x = node.getInput(0);
        String result = node.getOutput(0);
        NodeProto cast = node("Cast", result + "_kept", result + "_positive").toBuilder()
                .addAttribute(Attribute.of("to", ElementType.FLOAT32.onnx()))
                .build();
        return List.of(
                node("Mul", result + "_large", x, constant(1e4)),
                node("Sin", result + "_sine", result + "_large"),
                node("Greater", result + "_positive", result + "_sine", constant(0)),
                cast,
                node("Mul", result + "_factor", result + "_kept", constant(2)),
                node("Mul", result, x, result + "_factor"));
    }

    private static NodeProto node(String operator, String result, String... inputs) {
        return NodeProto.newBuilder()
                .setName("fault_" + result)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(result)
                .build();
    }

    private static final class StaleBatch implements Fault {
        private final Map<String, Feed> before = new HashMap<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (!(step instanceof Step.Run run) || !run.inputs().containsKey("batch")) {
                return next.apply(step);
            }
            SortedMap<String, Feed> inputs = new TreeMap<>(run.inputs());
            Feed now = inputs.get("batch");
            inputs.put("batch", before.getOrDefault(run.model(), now));
            before.put(run.model(), now);
            return next.apply(new Step.Run(run.model(), inputs, run.keep(), run.fetch()));
        }
    }
}
