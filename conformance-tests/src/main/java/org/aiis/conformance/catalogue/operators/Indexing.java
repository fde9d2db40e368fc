package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Layout.axis;
import static org.aiis.conformance.catalogue.operators.Layout.moving;
import static org.aiis.conformance.catalogue.operators.Layout.twoRows;

import java.util.List;
import java.util.stream.LongStream;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators that pick elements by index. */
final class Indexing {
    private Indexing() {}

    static List<Declaration> declarations() {
        return List.of(slice(), gather());
    }

    private static Declaration slice() {
        return moving(
                        "Slice",
                        s -> slice(s, s.tensor(5, 7), longs(1, 2), longs(4, 6)),
                        s -> slice(s, twoRows(s), longs(1), longs(2)))
                .shape("axes", s -> slice(s, s.tensor(3, 4, 5), longs(1), longs(3))
                        .constant(longs(2)))
                .shape("axes-negative", s -> slice(s, s.tensor(3, 4, 5), longs(1), longs(3))
                        .constant(longs(-2)))
                .shape("steps", s -> slice(s, s.tensor(7, 9), longs(0, 1), longs(7, 9))
                        .constant(longs(0, 1))
                        .constant(longs(2, 3)))
                .shape("steps-no-axes", s -> slice(s, s.tensor(7, 9), longs(0, 1), longs(7, 9))
                        .omit()
                        .constant(longs(2, 3)))
                .shape("negative-step", s -> slice(s, s.tensor(7), longs(6), longs(1))
                        .constant(longs(0))
                        .constant(longs(-2)))
                .shape("reverse-all", s -> slice(s, s.tensor(7), longs(-1), longs(Long.MIN_VALUE))
                        .constant(longs(0))
                        .constant(longs(-1)))
                .shape("negative-bounds", s -> slice(s, s.tensor(7, 5), longs(-4, -3), longs(-1, -1)))
                .shape("ends-clamped", s -> slice(s, s.tensor(3, 4), longs(1, 2), longs(100, Long.MAX_VALUE)))
                .shape("starts-clamped", s -> slice(s, s.tensor(3, 4), longs(-100, -100), longs(2, 3)))
                .shape("negative-step-clamped", s -> slice(s, s.tensor(5), longs(100), longs(-100))
                        .constant(longs(0))
                        .constant(longs(-1)))
                .shape("empty-result", s -> slice(s, s.tensor(5), longs(3), longs(3)))
                .shape("empty-crossed", s -> slice(s, s.tensor(5), longs(4), longs(2)))
                .shape("zero-size", s -> slice(s, s.tensor(0, 3), longs(0), longs(1)))
                .shape("int32", s -> s.node()
                        .feed(s.tensor(5, 4))
                        .constant(Tensor.ofLongs(ElementType.INT32, Shape.of(2), 1, 0))
                        .constant(Tensor.ofLongs(ElementType.INT32, Shape.of(2), 4, 3)))
                .shape("fed", s -> slice(s, s.tensor(5, 4), longs(1, 0), longs(3, 3))
                        .allFed())
                .shape("dynamic", s -> slice(s, s.tensor(5, 4), longs(1, 0), longs(3, 3))
                        .dynamic())
                .reject(
                        "step-0",
                        s -> slice(s, s.tensor(7), longs(1), longs(5))
                                .constant(longs(0))
                                .constant(longs(2)),
                        n -> n.replacing(4, longs(0)))
                .reject(
                        "axis-out-of-range",
                        s -> slice(s, s.tensor(7, 3), longs(1), longs(5)).constant(longs(0)),
                        n -> n.replacing(3, longs(2)))
                .reject("lengths", n -> n.replacing(2, longs(4)));
    }

    private static OneNode slice(Setting s, Tensor data, Tensor starts, Tensor ends) {
        return s.node().feed(data).constant(starts).constant(ends);
    }

    private static Declaration gather() {
        return moving(
                        "Gather",
                        s -> gather(s, s.tensor(5, 7), longs(4, 0, 2)),
                        s -> gather(
                                s,
                                Specials.of(s.type()),
                                longs(LongStream.range(0, Specials.of(s.type()).size())
                                        .map(i -> -1 - i)
                                        .toArray())))
                .shape("square", s -> gather(s, s.tensor(5, 5), longs(3, 0, -1, 1, 2)))
                .shape("square-axis-1", s -> gather(s, s.tensor(5, 5), longs(3, 0, -1, 1, 2))
                        .with(axis(1)))
                .shape("square-axis-negative", s -> gather(s, s.tensor(5, 5), longs(3, 0, -1, 1, 2))
                        .with(axis(-1)))
                .shape("rank-0-indices", s -> s.node()
                        .feed(s.tensor(5, 3), Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 2)))
                .shape(
                        "rank-2-indices",
                        s -> gather(s, s.tensor(5, 3), Tensor.ofLongs(ElementType.INT64, Shape.of(2, 2), 0, 4, 1, 1)))
                .shape(
                        "rank-3-indices",
                        s -> gather(s, s.tensor(5), Tensor.ofLongs(ElementType.INT64, Shape.of(1, 2, 2), 0, 4, 1, 1)))
                .shape("negative-indices", s -> gather(s, s.tensor(5, 3), longs(-1, -5, 2)))
                .shape("axis-1", s -> gather(s, s.tensor(3, 5), longs(4, 0)).with(axis(1)))
                .shape("axis-negative", s -> gather(s, s.tensor(2, 3, 5), longs(2, 0))
                        .with(axis(-2)))
                .shape("axis-last", s -> gather(s, s.tensor(2, 3, 5), longs(4, 4, 0))
                        .with(axis(2)))
                .shape(
                        "int32-indices",
                        s -> gather(s, s.tensor(5, 3), Tensor.ofLongs(ElementType.INT32, Shape.of(3), 4, 0, -2)))
                .shape("zero-size-indices", s -> gather(s, s.tensor(5, 3), longs()))
                .shape("zero-size-data", s -> gather(s, s.tensor(3, 0), longs(1, 2)))
                .shape("constant-indices", s -> s.node().feed(s.tensor(5, 3)).constant(longs(1, 0)))
                .shape("dynamic", s -> gather(s, s.tensor(5, 3), longs(1, 0)).dynamic())
                .reject("index-out-of-range", n -> n.replacing(1, longs(4, 5, 2)))
                .reject("index-below-range", n -> n.replacing(1, longs(4, -6, 2)))
                .reject(
                        "axis-out-of-range",
                        s -> gather(s, s.tensor(3, 5), longs(2, 0)).with(axis(1)),
                        n -> n.with(axis(2)))
                .reject("data-rank-0", s -> gather(s, s.tensor(3), longs(0)), n -> n.replacing(0, Products.zeros(n)));
    }

    private static OneNode gather(Setting s, Tensor data, Tensor indices) {
        return s.node().feed(data, indices);
    }

    private static Tensor longs(long... values) {
        return Setting.longs(values);
    }
}
