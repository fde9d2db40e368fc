package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.ControlFlow.body;
import static org.aiis.conformance.catalogue.operators.ControlFlow.graph;
import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Declaration.types;
import static org.aiis.conformance.catalogue.operators.Sequences.node;

import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Tensor;

/** Scan: states, axes and directions. */
final class Scanning {
    private Scanning() {}

    static Declaration declaration() {
        return Declaration.of("Scan", s -> delayed(s, s.tensor(7), s.tensor(5, 7)))
                .families(Family.UNIFORM, Family.WIDE)
                .value("sums", ControlFlow::calculated, s -> s.node()
                        .feed(s.tensor(7), s.tensor(5, 7))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("h", s.type())
                                        .openInput("x", s.type())
                                        .node(node("Add", "h x", "h_out"))
                                        .node(node("Identity", "h_out", "y_t"))
                                        .openOutput("h_out", s.type())
                                        .openOutput("y_t", s.type())))
                        .giving(s.type(), s.type()))
                .value("captured", ControlFlow::calculated, s -> s.node()
                        .feed(s.tensor(7), s.tensor(5, 7))
                        .beside(s.tensor(7))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("h", s.type())
                                        .openInput("x", s.type())
                                        .node(node("Add", "x x2", "h_out"))
                                        .node(node("Identity", "h", "y_t"))
                                        .openOutput("h_out", s.type())
                                        .openOutput("y_t", s.type())))
                        .giving(s.type(), s.type()))
                .shape("backward", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_directions", 1)))
                .shape("forward", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_directions", 0), Attribute.ints("scan_output_directions", 0)))
                .shape("prepended", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_output_directions", 1)))
                .shape("backward-and-prepended", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_directions", 1), Attribute.ints("scan_output_directions", 1)))
                .shape("axis-1", s -> delayed(s, s.tensor(5), s.tensor(5, 7))
                        .with(Attribute.ints("scan_input_axes", 1)))
                .shape("axis-negative", s -> delayed(s, s.tensor(2, 5), s.tensor(2, 3, 5))
                        .with(Attribute.ints("scan_input_axes", -2)))
                .shape("output-axis-1", s -> delayed(s, s.tensor(7), s.tensor(5, 7))
                        .with(Attribute.ints("scan_output_axes", 1)))
                .shape("output-axis-negative", s -> delayed(s, s.tensor(2, 3), s.tensor(5, 2, 3))
                        .with(Attribute.ints("scan_output_axes", -2)))
                .shape("both-axes", s -> delayed(s, s.tensor(5, 2), s.tensor(5, 7, 2))
                        .with(Attribute.ints("scan_input_axes", 1), Attribute.ints("scan_output_axes", 1)))
                .shape("scalars", s -> delayed(s, s.tensor(), s.tensor(6)))
                .shape("one-step", s -> delayed(s, s.tensor(3), s.tensor(1, 3)))
                .shape("no-state", s -> s.node()
                        .feed(s.tensor(5, 3))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("x", s.type())
                                        .node(node("Identity", "x", "y_t"))
                                        .openOutput("y_t", s.type())),
                                Attribute.ints("scan_input_directions", 1))
                        .giving(s.type()))
                .shape("two-inputs-two-states", s -> s.node()
                        .feed(s.tensor(3), s.tensor(2), s.tensor(4, 3), s.tensor(2, 4))
                        .with(
                                scanned(2),
                                Attribute.ints("scan_input_axes", 0, 1),
                                Attribute.ints("scan_input_directions", 0, 1),
                                Attribute.ints("scan_output_axes", 1, 0),
                                Attribute.ints("scan_output_directions", 0, 1),
                                body(graph(s).openInput("h", s.type())
                                        .openInput("g", s.type())
                                        .openInput("x", s.type())
                                        .openInput("z", s.type())
                                        .node(node("Identity", "x", "h_out"))
                                        .node(node("Identity", "z", "g_out"))
                                        .node(node("Identity", "h", "y_t"))
                                        .node(node("Identity", "g", "w_t"))
                                        .openOutput("h_out", s.type())
                                        .openOutput("g_out", s.type())
                                        .openOutput("y_t", s.type())
                                        .openOutput("w_t", s.type())))
                        .giving(s.type(), s.type(), s.type(), s.type()))
                .shape("dynamic", s -> delayed(s, s.tensor(7), s.tensor(5, 7)).dynamic())
                .shape("no-state-two-outputs", s -> s.node()
                        .feed(s.tensor(5, 3))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("x", s.type())
                                        .node(node("Identity", "x", "y_t"))
                                        .node(node("Identity", "x", "z_t"))
                                        .openOutput("y_t", s.type())
                                        .openOutput("z_t", s.type())))
                        .giving(s.type(), s.type()))
                .shape("no-output", s -> s.node()
                        .feed(s.tensor(3), s.tensor(5, 3))
                        .with(
                                scanned(1),
                                body(graph(s).openInput("h", s.type())
                                        .openInput("x", s.type())
                                        .node(node("Identity", "x", "h_out"))
                                        .openOutput("h_out", s.type())))
                        .giving(s.type()))
                .shape("axis-1-square", s -> delayed(s, s.tensor(5), s.tensor(5, 5))
                        .with(Attribute.ints("scan_input_axes", 1)))
                .special(
                        "integer-extremes",
                        types(t -> t.isInteger()),
                        s -> delayed(s, Specials.of(s.type()), Layout.twoRows(s)))
                .reject("inputs-too-many", n -> n.plus(n.operands().get(1)))
                .reject("num-scan-inputs-missing", n -> n.without("num_scan_inputs"))
                .reject("body-missing", n -> n.without("body"))
                .reject("axis-out-of-range", n -> n.with(Attribute.ints("scan_input_axes", 2)))
                .reject("directions-length", n -> n.with(Attribute.ints("scan_input_directions", 0, 0)))
                .reject("direction-unknown", n -> n.with(Attribute.ints("scan_input_directions", 2)))
                .reject("axes-length", n -> n.with(Attribute.ints("scan_input_axes", 0, 0)))
                .reject(
                        "lengths-unequal",
                        since(13),
                        s -> s.node()
                                .feed(s.tensor(5, 3), s.tensor(5, 2))
                                .with(
                                        scanned(2),
                                        body(graph(s).openInput("x", s.type())
                                                .openInput("z", s.type())
                                                .node(node("Identity", "z", "y_t"))
                                                .openOutput("y_t", s.type())))
                                .giving(s.type()),
                        n -> n.replacing(1, Products.zeros(n, 4, 2)));
    }

    /** A delay by one step: state and scan output are exchanged. */
    private static ModelBuilder delay(Setting s) {
        return graph(s).openInput("h", s.type())
                .openInput("x", s.type())
                .node(node("Identity", "x", "h_out"))
                .node(node("Identity", "h", "y_t"))
                .openOutput("h_out", s.type())
                .openOutput("y_t", s.type());
    }

    private static AttributeProto scanned(long inputs) {
        return Attribute.of("num_scan_inputs", inputs);
    }

    private static OneNode delayed(Setting s, Tensor state, Tensor x) {
        return s.node().feed(state, x).with(scanned(1), body(delay(s))).giving(s.type(), s.type());
    }
}
