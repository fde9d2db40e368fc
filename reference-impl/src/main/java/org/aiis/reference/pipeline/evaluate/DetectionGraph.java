package org.aiis.reference.pipeline.evaluate;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.GraphProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * How well events are detected, as a graph. An event is a run of intervals at one place that the truth marks; it is found at its first
 * alarm, and what alarms say later in it counts no more. The measures are those by which algorithms for incident detection are compared
 * (H. J. Payne and S. C. Tignor, "Freeway Incident-Detection Algorithms Based on Decision Trees with States", 1978).
 *
 * <p>Inputs: {@code score float32 [t, places]}, {@code threshold float32 [1]}, an alarm is a score of it or more; {@code incident int64 [t,
 * places]}, 0 or 1. Outputs, float32 {@code [1]}: {@code incidents}, how many; {@code found}, the share of them that is found; {@code
 * false_alarms}, the share of intervals without an incident that have an alarm; {@code delay}, the mean number of intervals from the
 * beginning of an incident to the end of the one of its first alarm, over those found. A share of nothing is NaN. Sums of whole numbers
 * are exact in float32 below 2^24.
 */
public final class DetectionGraph {
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int OPSET = 17;

    private DetectionGraph() {}

    public static Bytes build(int places) {
        Draft draft = new Draft(OPSET, TYPE)
                .input("score", TYPE, "t", places)
                .input("threshold", TYPE, 1)
                .input("incident", ElementType.INT64, "t", places);
        String alarm = draft.indicator(draft.op("GreaterOrEqual", "score", "threshold"));
        String truth = draft.cast("incident", TYPE);
        String none = draft.constant(Tensor.ofReals(TYPE, Shape.of(places), new double[places]));
        AttributeProto[] attributes = {Attribute.of("body", body(places)), Attribute.of("num_scan_inputs", 2L)};
        List<String> walked = draft.ops("Scan", List.of(none, none, alarm, truth), 5, attributes);
        String incidents = total(draft, walked.get(2));
        String found = total(draft, walked.get(3));
        String delay = draft.op("Div", total(draft, walked.get(4)), found);
        String clear = draft.op("Sub", draft.real(1), truth);
        String wrong = total(draft, draft.op("Mul", alarm, clear));
        return draft.output("incidents", incidents, TYPE, 1)
                .output("found", draft.op("Div", found, incidents), TYPE, 1)
                .output("false_alarms", draft.op("Div", wrong, total(draft, clear)), TYPE, 1)
                .output("delay", delay, TYPE, 1)
                .build();
    }

    private static String total(Draft draft, String values) {
        return draft.reshape(draft.sum(values, false, 0, 1), 1);
    }

    /** One interval: the state is whether an incident waits for its alarm, and for how many intervals one has gone on. */
    private static GraphProto body(int places) {
        Tensor one = Tensor.ofReals(TYPE, Shape.SCALAR, 1);
        return new ModelBuilder(OPSET)
                .initializer("one", one)
                .input("waiting", TYPE, places)
                .input("age", TYPE, places)
                .input("alarm", TYPE, places)
                .input("truth", TYPE, places)
                .node("Add", List.of("age", "one"), List.of("older"))
                .node("Mul", List.of("older", "truth"), List.of("age_o"))
                .node("Equal", List.of("age_o", "one"), List.of("first"))
                .node("Cast", List.of("first"), List.of("begun"), Attribute.of("to", TYPE.onnx()))
                .node("Max", List.of("waiting", "begun"), List.of("either"))
                .node("Mul", List.of("either", "truth"), List.of("open"))
                .node("Mul", List.of("open", "alarm"), List.of("hit"))
                .node("Sub", List.of("open", "hit"), List.of("waiting_o"))
                .node("Mul", List.of("hit", "age_o"), List.of("delay"))
                .output("waiting_o", TYPE, places)
                .output("age_o", TYPE, places)
                .output("begun", TYPE, places)
                .output("hit", TYPE, places)
                .output("delay", TYPE, places)
                .graph();
    }
}
