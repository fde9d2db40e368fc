package org.aiis.conformance.backend.faulty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.aiis.onnx.GraphProto;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * What goes wrong in pipelines of whoever builds one: leakage, windows from the wrong time, metrics miscomputed. A stage is known
 * by the names of its inputs and outputs, so that other models are left alone.
 */
final class PipelineFaults {
    private static final String ONE = "fault_one";

    private PipelineFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                node(
                        "fits-on-test",
                        "PRE-FIT-TRAINING-ONLY",
                        "scales are fitted on all records, the test part too",
                        graph -> hasInput(graph, "training"),
                        n -> reads(n, "Gather", "training") ? List.of(as(n, "Identity", n.getInput(0))) : List.of(n)),
                node(
                        "imputes-from-test",
                        "PRE-MISSING-FITTED",
                        "replacements of missing values are fitted on all records",
                        graph -> hasOutput(graph, "replacements"),
                        n -> reads(n, "Gather", "training") ? List.of(as(n, "Identity", n.getInput(0))) : List.of(n)),
                node(
                        "split-leaks",
                        "PRE-SPLIT-DISJOINT",
                        "every record of a stratified split is in the training part",
                        graph -> hasOutput(graph, "test") && hasInput(graph, "classes"),
                        n -> n.getOpType().equals("Not")
                                ? List.of(as(n, "Equal", n.getInput(0), n.getInput(0)))
                                : List.of(n)),
                node(
                        "split-forgets-time",
                        "PRE-SPLIT-TIME",
                        "the test part of a split by time is the earliest",
                        graph -> hasInput(graph, "times"),
                        n -> n.getOpType().equals("Less") && n.getInput(0).equals("times")
                                ? List.of(as(n, "Greater", n.getInput(0), n.getInput(1)))
                                : List.of(n)),
                node(
                        "window-late",
                        "PRE-WINDOW",
                        "a window ends one interval later, and so sees what it is to forecast",
                        graph -> hasInput(graph, "series") && hasOutput(graph, "x"),
                        PipelineFaults::late),
                node(
                        "outliers-kept",
                        "PRE-OUTLIER",
                        "values beyond the bounds for outliers are kept",
                        graph -> hasInput(graph, "x") && hasOutput(graph, "y") && uses(graph, "Max", "Min"),
                        n -> n.getOpType().equals("Max") || n.getOpType().equals("Min")
                                ? List.of(as(n, "Identity", n.getInput(0)))
                                : List.of(n)),
                node(
                        "duplicates-kept",
                        "PRE-DUPLICATE",
                        "records sent twice are kept",
                        graph -> hasInput(graph, "keys") && hasInput(graph, "x"),
                        n -> n.getOpType().equals("Gather") ? List.of(as(n, "Identity", "x")) : List.of(n)),
                node(
                        "resampled-from-corners",
                        "PRE-IMAGE-RESAMPLE",
                        "an image of another size is looked up at the corners of its pixels, half a pixel off",
                        PipelineFaults::resamples,
                        n -> n.getOpType().equals("Add") ? List.of(as(n, "Identity", n.getInput(0))) : List.of(n)),
                node(
                        "shrunk-unsmoothed",
                        "PRE-IMAGE-RESAMPLE",
                        "of an image that shrinks only the pixels next to the centres of the new ones are seen",
                        PipelineFaults::resamples,
                        n -> n.getOpType().equals("Max") ? List.of(as(n, "Identity", n.getInput(1))) : List.of(n)),
                node(
                        "first-fold-again",
                        "EVAL-FOLDS",
                        "each fold of a cross-validation is the first one",
                        graph -> hasInput(graph, "fold"),
                        n -> n.getInputList().contains("fold")
                                ? List.of(
                                        NodeProto.newBuilder()
                                                .setName("fault")
                                                .setOpType("Sub")
                                                .addInput("fold")
                                                .addInput("fold")
                                                .addOutput("fault_fold")
                                                .build(),
                                        as(n, n.getOpType(), n.getInput(0), "fault_fold"))
                                : List.of(n)),
                node(
                        "rmse-not-rooted",
                        "EVAL-REGRESSION-METRICS",
                        "the root of the mean square error is not drawn",
                        graph -> hasOutput(graph, "rmse"),
                        n -> n.getOpType().equals("Sqrt") ? List.of(as(n, "Identity", n.getInput(0))) : List.of(n)),
                node(
                        "ties-won",
                        "EVAL-AREA",
                        "equal scores count as won in the area under the ROC curve",
                        graph -> hasOutput(graph, "auc"),
                        n -> n.getOpType().equals("Greater")
                                ? List.of(as(n, "GreaterOrEqual", n.getInput(0), n.getInput(1)))
                                : List.of(n)),
                node(
                        "precision-is-recall",
                        "EVAL-CLASS-METRICS",
                        "predictions and truth are taken for each other in metrics by class",
                        graph -> hasOutput(graph, "precision"),
                        n -> n.getInputList().contains("y") || n.getInputList().contains("predicted")
                                ? List.of(exchanged(n))
                                : List.of(n)),
                node(
                        "incident-found-again",
                        "EVAL-DETECTION",
                        "each alarm in an incident counts as another one that is found",
                        graph -> hasOutput(graph, "false_alarms"),
                        n -> List.of(n.getOpType().equals("Scan") ? waitingOn(n) : n)),
                node(
                        "detected-early",
                        "EVAL-DETECTION",
                        "the time to detect ends where the interval of the first alarm begins",
                        graph -> hasOutput(graph, "false_alarms"),
                        n -> List.of(n.getOpType().equals("Scan") ? timedEarly(n) : n)),
                node(
                        "baselines-shifted",
                        "EVAL-BASELINES",
                        "the values of baselines, and the truth beside them, are one interval early",
                        graph -> hasOutput(graph, "persistence"),
                        PipelineFaults::early));
    }

    private static Fault.Named node(
            String name,
            String breaks,
            String summary,
            Predicate<GraphProto> stage,
            Function<NodeProto, List<NodeProto>> change) {
        return new Fault.Named(name, breaks, summary, () -> new Fault() {
            @Override
            public ModelProto model(ModelProto model) {
                if (!stage.test(model.getGraph())) {
                    return model;
                }
                List<NodeProto> nodes = new ArrayList<>();
                model.getGraph().getNodeList().forEach(n -> nodes.addAll(change.apply(n)));
                ModelProto.Builder changed = model.toBuilder();
                Tensor one = Tensor.ofLongs(ElementType.INT64, Shape.of(1), 1);
                changed.getGraphBuilder().clearNode().addAllNode(nodes).addInitializer(TensorProtos.write(ONE, one));
                return changed.build();
            }
        });
    }

    /** The places seen come from a sum of starts and steps; the window of the target stays. */
    private static List<NodeProto> late(NodeProto node) {
        if (!node.getOpType().equals("Unsqueeze")) {
            return List.of(node);
        }
        String before = node.getOutput(0) + "_before";
        return List.of(
                node.toBuilder().setOutput(0, before).build(),
                NodeProto.newBuilder()
                        .setName("fault")
                        .setOpType("Add")
                        .addInput(before)
                        .addInput(ONE)
                        .addOutput(node.getOutput(0))
                        .build());
    }

    /** Each slice of the series begins and ends one interval early. */
    private static List<NodeProto> early(NodeProto node) {
        if (!node.getOpType().equals("Slice") || !node.getInput(0).equals("series")) {
            return List.of(node);
        }
        List<NodeProto> nodes = new ArrayList<>();
        List<String> inputs = new ArrayList<>(node.getInputList());
        for (int i = 1; i <= 2; i++) {
            String moved = inputs.get(i) + "_less_one_of_" + node.getOutput(0);
            nodes.add(NodeProto.newBuilder()
                    .setName(moved)
                    .setOpType("Sub")
                    .addInput(inputs.get(i))
                    .addInput(ONE)
                    .addOutput(moved)
                    .build());
            inputs.set(i, moved);
        }
        nodes.add(as(node, "Slice", inputs.toArray(String[]::new)));
        return nodes;
    }

    /** The incident waits for its alarm though that came: nothing is taken away. */
    private static NodeProto waitingOn(NodeProto scan) {
        return inside(scan, n -> n.getOpType().equals("Sub") ? as(n, "Identity", n.getInput(0)) : n);
    }

    /** The age of an incident before the interval, in the place of the one behind it. */
    private static NodeProto timedEarly(NodeProto scan) {
        return inside(
                scan,
                n -> n.getOutput(0).equals("delay")
                        ? n.toBuilder().setInput(1, "age").build()
                        : n);
    }

    /** A node with the nodes of its body changed. */
    private static NodeProto inside(NodeProto node, UnaryOperator<NodeProto> change) {
        NodeProto.Builder changed = node.toBuilder();
        for (int a = 0; a < node.getAttributeCount(); a++) {
            if (node.getAttribute(a).hasG()) {
                GraphProto.Builder body =
                        node.getAttribute(a).getG().toBuilder().clearNode();
                node.getAttribute(a).getG().getNodeList().forEach(n -> body.addNode(change.apply(n)));
                changed.setAttribute(a, node.getAttribute(a).toBuilder().setG(body));
            }
        }
        return changed.build();
    }

    private static NodeProto exchanged(NodeProto node) {
        NodeProto.Builder changed = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            String input = node.getInput(i);
            changed.setInput(i, input.equals("y") ? "predicted" : input.equals("predicted") ? "y" : input);
        }
        return changed.build();
    }

    private static NodeProto as(NodeProto node, String operator, String... inputs) {
        NodeProto.Builder changed = node.toBuilder().setOpType(operator).clearInput();
        if (!operator.equals(node.getOpType())) {
            changed.clearAttribute();
        }
        return changed.addAllInput(List.of(inputs)).build();
    }

    private static boolean reads(NodeProto node, String operator, String input) {
        return node.getOpType().equals(operator) && node.getInputList().contains(input);
    }

    private static boolean hasInput(GraphProto graph, String name) {
        return graph.getInputList().stream().anyMatch(i -> i.getName().equals(name));
    }

    private static boolean hasOutput(GraphProto graph, String name) {
        return graph.getOutputList().stream().anyMatch(o -> o.getName().equals(name));
    }

    /** Weights that depend on the size that comes, and nothing else. */
    private static boolean resamples(GraphProto graph) {
        return hasInput(graph, "x") && hasOutput(graph, "y") && uses(graph, "Range", "Relu", "Max", "MatMul");
    }

    private static boolean uses(GraphProto graph, String... operators) {
        return List.of(operators).stream().allMatch(o -> graph.getNodeList().stream()
                .anyMatch(n -> n.getOpType().equals(o)));
    }
}
