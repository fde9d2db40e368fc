package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Layout.moving;
import static org.aiis.conformance.catalogue.operators.Layout.to;
import static org.aiis.conformance.catalogue.operators.Layout.twoRows;

import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Pad: modes, axes, and what goes in. */
final class Padding {
    private Padding() {}

    static Declaration declaration() {
        return moving("Pad", s -> to(s, s.tensor(3, 5), 1, 0, 2, 1), s -> to(s, twoRows(s), 1, 2, 0, 1)
                        .with(Attribute.of("mode", "edge")))
                .shape("constant-value", s -> to(s, s.tensor(3, 4), 1, 2, 0, 1).constant(s.tensor()))
                .shape("constant-mode", s -> to(s, s.tensor(3, 4), 0, 1, 1, 0).with(mode("constant")))
                .shape("edge", s -> to(s, s.tensor(3, 4), 1, 2, 2, 1).with(mode("edge")))
                .shape("reflect", s -> to(s, s.tensor(4, 5), 1, 2, 2, 1).with(mode("reflect")))
                .shape("reflect-rank-1", s -> to(s, s.tensor(5), 4, 3).with(mode("reflect")))
                .shape("wrap", since(19), s -> to(s, s.tensor(3, 4), 1, 2, 2, 1).with(mode("wrap")))
                .shape("negative", s -> to(s, s.tensor(4, 5), -1, 2, 0, -2))
                .shape("nothing", s -> to(s, s.tensor(3, 4), 0, 0, 0, 0))
                .shape("axes", since(18), s -> to(s, s.tensor(3, 4), 1, 2)
                        .omit()
                        .constant(Setting.longs(1)))
                .shape("axes-int32", since(18), s -> to(s, s.tensor(3, 4), 1, 2)
                        .omit()
                        .constant(Tensor.ofLongs(ElementType.INT32, Shape.of(1), 1)))
                .shape("axes-negative", since(18), s -> to(s, s.tensor(2, 3, 4), 1, 0, 0, 2)
                        .constant(s.tensor())
                        .constant(Setting.longs(-1, 0)))
                .shape("rank-4", s -> to(s, s.tensor(1, 2, 3, 3), 0, 0, 1, 1, 0, 0, 1, 1))
                .shape("zero-size", s -> to(s, s.tensor(0, 2), 1, 0, 1, 0))
                .shape("value-fed", s -> to(s, s.tensor(3, 4), 1, 2, 0, 1)
                        .constant(s.tensor())
                        .allFed())
                .shape("dynamic", s -> to(s, s.tensor(3, 4), 1, 2, 0, 1).dynamic())
                // The axis before and the one named may be cut alike, so that a wrong axis is not refused.
                .shape("axes-middle", since(18), s -> to(s, s.tensor(2, 3, 2), 1, 2)
                        .omit()
                        .constant(Setting.longs(1)))
                .shape("zero-size-kept", s -> to(s, s.tensor(0, 2), 0, 1, 0, 2))
                .shape("zero-size-filled", s -> to(s, s.tensor(0, 2), 1, 0, 1, 0)
                        .constant(s.integersOfType(1, 1)))
                .special("value-nan", s -> padded(s, Double.NaN))
                .special("value-infinity", s -> padded(s, Double.POSITIVE_INFINITY))
                .special("value-minus-zero", s -> padded(s, -0.0))
                .reject(
                        "axis-out-of-range",
                        since(18),
                        s -> to(s, s.tensor(3, 4), 1, 2).omit().constant(Setting.longs(1)),
                        n -> n.replacing(3, Setting.longs(2)))
                .reject("pads-length", n -> n.replacing(1, Setting.longs(1, 0, 2)))
                .reject("unknown-mode", edge(1, 1, 1, 1), n -> n.with(mode("mirror")))
                .reject("edge-of-nothing", edge(1, 1, 1, 1), Padding::emptied)
                .reject("edge-of-nothing-before", edge(1, 0, 0, 0), Padding::emptied)
                .reject("edge-of-nothing-behind", edge(0, 0, 1, 0), Padding::emptied)
                .reject(
                        "value-type",
                        s -> to(s, s.tensor(3, 4), 1, 1, 1, 1).constant(s.tensor()),
                        n -> n.replacing(2, Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 1)));
    }

    private static Form edge(long... pads) {
        return s -> to(s, s.tensor(3, 4), pads).with(mode("edge"));
    }

    /** The axis that is padded has no edge. */
    private static OneNode emptied(OneNode node) {
        return node.replacing(0, Products.zeros(node, 0, 4));
    }

    private static OneNode padded(Setting s, double value) {
        return to(s, s.tensor(2, 3), 1, 1, 1, 1).constant(Setting.scalar(s.type(), value));
    }

    private static AttributeProto mode(String mode) {
        return Attribute.of("mode", mode);
    }
}
