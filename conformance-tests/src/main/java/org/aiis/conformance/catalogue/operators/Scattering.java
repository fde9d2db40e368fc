package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Declaration.since;
import static org.aiis.conformance.catalogue.operators.Layout.axis;
import static org.aiis.conformance.catalogue.operators.Layout.moving;

import java.util.List;
import java.util.function.BiPredicate;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Operators that read or write elements where index tensors say. */
final class Scattering {
    private static final ElementType LONG = ElementType.INT64;

    private Scattering() {}

    static List<Declaration> declarations() {
        return List.of(gatherElements(), gatherND(), scatterElements(), scatterND(), tensorScatter());
    }

    private static Tensor longs(int[] dims, long... values) {
        return Tensor.ofLongs(LONG, Shape.of(dims), values);
    }

    private static int[] dims(int... dims) {
        return dims;
    }

    private static Tensor within(Setting s, int extent, int... dims) {
        return s.integers(LONG, -extent, extent - 1, dims);
    }

    /** Places of all special values of the type from the last to the first, as negative numbers. */
    private static Tensor backwards(Setting s, boolean tuples) {
        int n = Specials.of(s.type()).size();
        return longs(
                tuples ? dims(n, 1) : dims(n),
                java.util.stream.LongStream.range(0, n).map(i -> -1 - i).toArray());
    }

    private static Declaration gatherElements() {
        return moving("GatherElements", s -> s.node().feed(s.tensor(5, 7), within(s, 5, 11, 7)), s -> s.node()
                        .feed(Specials.of(s.type()), backwards(s, false)))
                // Square, so that a wrong axis is no index out of range, which may be refused.
                .shape("square", s -> s.node().feed(s.tensor(5, 5), within(s, 5, 5, 5)))
                .shape(
                        "square-axis-1",
                        s -> s.node().feed(s.tensor(5, 5), within(s, 5, 5, 5)).with(axis(1)))
                .shape("cube-axis-1", s -> s.node()
                        .feed(s.tensor(3, 3, 3), within(s, 3, 3, 3, 3))
                        .with(axis(1)))
                .shape("cube-axis-negative", s -> s.node()
                        .feed(s.tensor(3, 3, 3), within(s, 3, 3, 3, 3))
                        .with(axis(-2)))
                .shape("cube-axis-last", s -> s.node()
                        .feed(s.tensor(3, 3, 3), within(s, 3, 3, 3, 3))
                        .with(axis(2)))
                .shape(
                        "axis-1",
                        s -> s.node().feed(s.tensor(3, 7), within(s, 7, 3, 5)).with(axis(1)))
                .shape("axis-negative", s -> s.node()
                        .feed(s.tensor(2, 5, 3), within(s, 5, 2, 7, 3))
                        .with(axis(-2)))
                .shape("axis-last", s -> s.node()
                        .feed(s.tensor(2, 3, 5), within(s, 5, 2, 3, 4))
                        .with(axis(2)))
                .shape(
                        "fewer-rows",
                        s -> s.node().feed(s.tensor(5, 7), within(s, 7, 2, 3)).with(axis(1)))
                .shape("int32", s -> s.node().feed(s.tensor(5, 3), s.integers(ElementType.INT32, -5, 4, 4, 3)))
                .shape("constant", s -> s.node().feed(s.tensor(5, 3)).constant(within(s, 5, 4, 3)))
                .shape("rank-1", s -> s.node().feed(s.tensor(17), within(s, 17, 9)))
                .shape("rank-5", s -> s.node()
                        .feed(s.tensor(2, 1, 3, 2, 5), within(s, 3, 2, 1, 4, 2, 5))
                        .with(axis(2)))
                .shape("zero-size", s -> s.node().feed(s.tensor(5, 3), within(s, 5, 0, 3)))
                .shape(
                        "dynamic",
                        s -> s.node().feed(s.tensor(5, 3), within(s, 5, 4, 3)).dynamic())
                .reject(
                        "index-out-of-range",
                        s -> s.node().feed(s.tensor(5, 1), longs(dims(2, 1), 4, 0)),
                        n -> n.replacing(1, longs(dims(2, 1), 5, 0)))
                .reject(
                        "index-below-range",
                        s -> s.node().feed(s.tensor(5, 1), longs(dims(2, 1), -5, 0)),
                        n -> n.replacing(1, longs(dims(2, 1), -6, 0)))
                .reject("axis-out-of-range", n -> n.with(axis(2)))
                .reject(
                        "wider-than-data",
                        s -> s.node().feed(s.tensor(5, 3), longs(dims(1, 3), 4, 0, 2)),
                        n -> n.replacing(1, longs(dims(1, 4), 4, 0, 2, 1)))
                .reject(
                        "ranks",
                        s -> s.node().feed(s.tensor(5, 1), longs(dims(2, 1), 4, 0)),
                        n -> n.replacing(1, longs(dims(2), 4, 0)));
    }

    private static AttributeProto batch(long dims) {
        return Attribute.of("batch_dims", dims);
    }

    private static Declaration gatherND() {
        return moving(
                        "GatherND",
                        s -> s.node().feed(s.tensor(5, 7), longs(dims(3, 2), 4, 0, -5, -1, 2, 3)),
                        s -> s.node().feed(Specials.of(s.type()), backwards(s, true)))
                // All extents alike, so that a wrong number of batch axes is no index out of range.
                .shape("batch-1-cube", s -> s.node()
                        .feed(s.tensor(3, 3, 3), longs(dims(3, 2, 1), 2, 0, -1, 2, 1, -3))
                        .with(batch(1)))
                // The extents of a batch, and no batch: a default of 1 is no error.
                .shape("cube-without-batch", s -> s.node()
                        .feed(s.tensor(3, 3, 3), longs(dims(3, 2, 1), 2, 0, -1, 2, 1, -3)))
                .shape("one-index", s -> s.node().feed(s.tensor(5, 3), longs(dims(1), 3)))
                .shape("slices-of-1", s -> s.node().feed(s.tensor(5, 1, 3), longs(dims(3, 1), 4, 0, -2)))
                .shape("slices", s -> s.node().feed(s.tensor(5, 7), longs(dims(3, 1), 4, 0, -2)))
                .shape("slices-of-matrices", s -> s.node().feed(s.tensor(3, 2, 5), longs(dims(2, 2, 1), 2, 0, -1, 1)))
                .shape("rank-1-indices", s -> s.node().feed(s.tensor(5, 7), longs(dims(2), 3, -2)))
                .shape("batch-1", s -> s.node()
                        .feed(s.tensor(2, 5, 3), longs(dims(2, 2, 1), 4, 0, -1, 2))
                        .with(batch(1)))
                .shape("batch-1-tuples", s -> s.node()
                        .feed(s.tensor(2, 5, 3), longs(dims(2, 2), 4, 0, -1, 2))
                        .with(batch(1)))
                .shape("batch-2", s -> s.node()
                        .feed(s.tensor(2, 3, 5), longs(dims(2, 3, 1), 4, 0, -1, 2, 1, -5))
                        .with(batch(2)))
                .shape("batch-0", s -> s.node()
                        .feed(s.tensor(3, 5), longs(dims(2, 1), 2, 0))
                        .with(batch(0)))
                .shape("constant", s -> s.node().feed(s.tensor(5, 3)).constant(longs(dims(2, 2), 4, 2, 0, 0)))
                .shape("zero-size", s -> s.node().feed(s.tensor(5, 3), longs(dims(0, 2))))
                .shape("rank-5", s -> s.node().feed(s.tensor(2, 3, 1, 2, 3), longs(dims(2, 3), 1, 2, 0, 0, -1, -1)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(5, 3), longs(dims(2, 2), 4, 2, 0, 0))
                        .dynamic())
                .reject("index-out-of-range", n -> n.replacing(1, longs(dims(3, 2), 4, 0, 5, 6, 2, 3)))
                .reject("index-below-range", n -> n.replacing(1, longs(dims(3, 2), 4, 0, -6, 6, 2, 3)))
                .reject("tuple-too-long", n -> n.replacing(1, longs(dims(1, 3), 0, 0, 0)))
                .reject(
                        "batch-sizes",
                        s -> s.node()
                                .feed(s.tensor(2, 5), longs(dims(2, 1), 4, 0))
                                .with(batch(1)),
                        n -> n.replacing(1, longs(dims(3, 1), 4, 0, 1)));
    }

    private static BiPredicate<ElementType, Integer> numeric(int first) {
        return (type, opset) -> opset >= first && (type.isInteger() || type.isFloat());
    }

    private static AttributeProto reduction(String word) {
        return Attribute.of("reduction", word);
    }

    /** Two rows of places in five, no place twice in a column. */
    private static Tensor rows(int columns) {
        Tensor.Builder places = new Tensor.Builder(LONG, Shape.of(2, columns));
        for (int i = 0; i < columns; i++) {
            places.setBits(i, i % 5);
            places.setBits(columns + i, (i + 2) % 5 - 5);
        }
        return places.build();
    }

    /** Repeated places: column by column three writes to one place and one to another. */
    /** Integer factors so small that no product overflows, where ONNX is silent. */
    private static Tensor updates(Setting s, String word, int... dims) {
        boolean factors = word.equals("mul") && s.type().isInteger();
        return factors ? s.integersOfType(s.type().isSigned() ? -2 : 0, 2, dims) : s.tensor(dims);
    }

    private static OneNode repeated(Setting s, String word) {
        Tensor.Builder places = new Tensor.Builder(LONG, Shape.of(4, 7));
        for (int i = 0; i < 28; i++) {
            places.setBits(i, i / 7 == 2 ? (i + 1) % 5 : i % 7 % 5);
        }
        return s.node()
                .feed(s.tensor(5, 7), places.build(), updates(s, word, 4, 7))
                .with(reduction(word));
    }

    private static Declaration scatterElements() {
        Declaration all = moving(
                        "ScatterElements", s -> s.node().feed(s.tensor(5, 7), rows(7), s.tensor(2, 7)), s -> s.node()
                                .feed(s.tensor(Specials.of(s.type()).size()), inOrder(s), Specials.of(s.type())))
                .value("others-kept", s -> s.node().feed(Specials.of(s.type()), longs(dims(1), 0), s.tensor(1)))
                .shape("axis-1", s -> s.node()
                        .feed(s.tensor(2, 5), longs(dims(2, 2), 4, -5, 1, 3), s.tensor(2, 2))
                        .with(axis(1)))
                .shape("axis-negative", s -> s.node()
                        .feed(s.tensor(1, 5, 3), rows(3).reshaped(Shape.of(1, 2, 3)), s.tensor(1, 2, 3))
                        .with(axis(-2)))
                .shape("int32", s -> s.node()
                        .feed(s.tensor(5), Tensor.ofLongs(ElementType.INT32, Shape.of(2), -1, 1), s.tensor(2)))
                .shape("constant", s -> s.node()
                        .feed(s.tensor(5))
                        .constant(longs(dims(2), 4, 1))
                        .feed(s.tensor(2)))
                .shape("rank-4", s -> s.node()
                        .feed(s.tensor(2, 2, 5, 3), longs(dims(1, 1, 1, 2), 4, 0), s.tensor(1, 1, 1, 2))
                        .with(axis(2)))
                .shape("zero-size", s -> s.node().feed(s.tensor(5, 3), longs(dims(0, 3)), s.tensor(0, 3)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(5, 7), rows(7), s.tensor(2, 7))
                        .dynamic())
                .shape("none", since(16), s -> s.node()
                        .feed(s.tensor(5, 7), rows(7), s.tensor(2, 7))
                        .with(reduction("none")))
                .special("add-infinities", numeric(16).and((t, o) -> t.isFloat()), s -> specials(s, "add"))
                .special("mul-zero-infinity", numeric(16).and((t, o) -> t.isFloat()), s -> specials(s, "mul"))
                .special("max-infinities", numeric(18).and((t, o) -> t.isFloat()), s -> infinities(s, "max"))
                .special("min-infinities", numeric(18).and((t, o) -> t.isFloat()), s -> infinities(s, "min"))
                .reject("index-out-of-range", s -> one(s), n -> n.replacing(1, longs(dims(2), 5, 1)))
                .reject("index-below-range", s -> one(s), n -> n.replacing(1, longs(dims(2), -6, 1)))
                .reject("axis-out-of-range", s -> one(s), n -> n.with(axis(1)))
                .reject("updates-shape", s -> one(s), n -> n.replacing(2, Products.zeros(n, 3)))
                .reject(
                        "unknown-reduction",
                        since(16),
                        s -> one(s).with(reduction("none")),
                        n -> n.with(reduction("mean")));
        for (String word : List.of("add", "mul", "max", "min")) {
            int first = word.startsWith("m") && !word.equals("mul") ? 18 : 16;
            all = all.value(word, numeric(first), s -> repeated(s, word))
                    .shape(word + "-axis-1", numeric(first), s -> s.node()
                            .feed(s.tensor(2, 5), longs(dims(2, 3), 4, -1, 0, 1, 1, 1), s.tensor(2, 3))
                            .with(axis(1), reduction(word)));
        }
        return all;
    }

    private static Tensor inOrder(Setting s) {
        int n = Specials.of(s.type()).size();
        Tensor.Builder places = new Tensor.Builder(LONG, Shape.of(n));
        for (int i = 0; i < n; i++) {
            places.setBits(i, n - 1 - i);
        }
        return places.build();
    }

    private static OneNode one(Setting s) {
        return s.node().feed(s.tensor(5), longs(dims(2), 4, 1), s.tensor(2));
    }

    private static OneNode specials(Setting s, String word) {
        double inf = Double.POSITIVE_INFINITY;
        return s.node()
                .feed(
                        Tensor.ofReals(s.type(), Shape.of(5), inf, -inf, 1, Double.NaN, 0),
                        longs(dims(6), 0, 1, 2, 3, 4, 4),
                        Tensor.ofReals(s.type(), Shape.of(6), -inf, -inf, inf, 1, inf, 2))
                .with(reduction(word));
    }

    private static OneNode infinities(Setting s, String word) {
        double inf = Double.POSITIVE_INFINITY;
        return s.node()
                .feed(
                        Tensor.ofReals(s.type(), Shape.of(4), inf, -inf, 1, -2),
                        longs(dims(5), 0, 1, 2, 3, 3),
                        Tensor.ofReals(s.type(), Shape.of(5), -inf, inf, inf, -inf, 5))
                .with(reduction(word));
    }

    private static Declaration scatterND() {
        Declaration all = moving(
                        "ScatterND",
                        s -> s.node().feed(s.tensor(5, 7), longs(dims(3, 2), 4, 0, -5, -1, 2, 3), s.tensor(3)),
                        s -> s.node()
                                .feed(
                                        s.tensor(Specials.of(s.type()).size()),
                                        inOrder(s)
                                                .reshaped(Shape.of(
                                                        Specials.of(s.type()).size(), 1)),
                                        Specials.of(s.type())))
                .value("others-kept", s -> s.node().feed(Specials.of(s.type()), longs(dims(1, 1), 0), s.tensor(1)))
                .shape("slices", s -> s.node().feed(s.tensor(5, 7), longs(dims(2, 1), 4, -5), s.tensor(2, 7)))
                .shape("matrices", s -> s.node()
                        .feed(s.tensor(3, 2, 5), longs(dims(2, 1, 1), 2, 0), s.tensor(2, 1, 2, 5)))
                .shape("one-tuple", s -> s.node().feed(s.tensor(3, 5), longs(dims(2), 2, 1), s.tensor()))
                .shape("constant", s -> s.node()
                        .feed(s.tensor(5))
                        .constant(longs(dims(2, 1), 4, 1))
                        .feed(s.tensor(2)))
                .shape("rank-5", s -> s.node()
                        .feed(s.tensor(2, 3, 1, 2, 3), longs(dims(2, 3), 1, 2, 0, 0, -1, -1), s.tensor(2, 2, 3)))
                .shape("zero-size", s -> s.node().feed(s.tensor(5, 3), longs(dims(0, 2)), s.tensor(0)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(5, 7), longs(dims(2, 1), 4, -5), s.tensor(2, 7))
                        .dynamic())
                .shape("none", since(16), s -> tuples(s).with(reduction("none")))
                .reject("index-out-of-range", s -> tuples(s), n -> n.replacing(1, longs(dims(2, 1), 5, 1)))
                .reject("index-below-range", s -> tuples(s), n -> n.replacing(1, longs(dims(2, 1), -6, 1)))
                .reject("tuple-too-long", s -> tuples(s), n -> n.replacing(1, longs(dims(2, 2), 4, 0, 1, 0)))
                .reject("updates-shape", s -> tuples(s), n -> n.replacing(2, Products.zeros(n, 3)))
                .reject(
                        "unknown-reduction",
                        since(16),
                        s -> tuples(s).with(reduction("none")),
                        n -> n.with(reduction("mean")));
        for (String word : List.of("add", "mul", "max", "min")) {
            int first = word.startsWith("m") && !word.equals("mul") ? 18 : 16;
            all = all.value(word, numeric(first), s -> s.node()
                            .feed(s.tensor(5, 7), longs(dims(4, 1), 1, 4, 1, -4), updates(s, word, 4, 7))
                            .with(reduction(word)))
                    .shape(word + "-elements", numeric(first), s -> s.node()
                            .feed(s.tensor(3, 5), longs(dims(3, 2), 1, 4, 0, 0, 1, -1), s.tensor(3))
                            .with(reduction(word)));
        }
        return all.shape("one-each", s -> s.node().feed(s.tensor(5, 1), longs(dims(3, 1), 4, 0, 2), s.tensor(3, 1)))
                .shape("zero-size-data", s -> s.node().feed(s.tensor(3, 0), longs(dims(1, 1), 2), s.tensor(1, 0)))
                .value("max-beyond-signed", numeric(18).and((t, o) -> Setting.wideUnsigned(t)), s -> s.node()
                        .feed(s.beyondSigned(), longs(dims(1, 1), 0), Tensor.ofLongs(s.type(), Shape.of(1), 7))
                        .with(reduction("max")));
    }

    private static OneNode tuples(Setting s) {
        return s.node().feed(s.tensor(5), longs(dims(2, 1), 4, 1), s.tensor(2));
    }

    private static AttributeProto mode(String word) {
        return Attribute.of("mode", word);
    }

    private static Declaration tensorScatter() {
        return moving(
                        "TensorScatter",
                        s -> s.node().feed(s.tensor(3, 7, 5), s.tensor(3, 2, 5), longs(dims(3), 5, 0, 3)),
                        s -> s.node()
                                .feed(
                                        twice(Specials.of(s.type())),
                                        s.tensor(1, 1, Specials.of(s.type()).size())))
                .shape("indices-left-out", s -> s.node().feed(s.tensor(2, 5, 3), s.tensor(2, 2, 3)))
                .shape("rank-4", s -> s.node().feed(s.tensor(2, 3, 5, 2), s.tensor(2, 3, 1, 2), longs(dims(2), 4, 1)))
                .shape("axis-1", s -> s.node()
                        .feed(s.tensor(2, 5, 3, 2), s.tensor(2, 2, 3, 2), longs(dims(2), 3, 0))
                        .with(axis(1)))
                .shape("axis-last", s -> s.node()
                        .feed(s.tensor(2, 3, 5), s.tensor(2, 3, 2), longs(dims(2), 3, 1))
                        .with(axis(-1)))
                .shape("rank-2", s -> s.node()
                        .feed(s.tensor(2, 5), s.tensor(2, 2), longs(dims(2), 3, 1))
                        .with(axis(1)))
                .shape("linear", s -> s.node()
                        .feed(s.tensor(2, 5, 3), s.tensor(2, 2, 3), longs(dims(2), 3, 0))
                        .with(mode("linear")))
                .shape("circular", s -> s.node()
                        .feed(s.tensor(3, 5, 3), s.tensor(3, 3, 3), longs(dims(3), 4, 0, 3))
                        .with(mode("circular")))
                .shape("circular-beyond", s -> s.node()
                        .feed(s.tensor(2, 5, 3), s.tensor(2, 2, 3), longs(dims(2), 9, 5))
                        .with(mode("circular")))
                .shape("all", s -> s.node().feed(s.tensor(2, 5, 3), s.tensor(2, 5, 3), longs(dims(2), 0, 0)))
                .shape("dynamic", s -> s.node()
                        .feed(s.tensor(2, 5, 3), s.tensor(2, 2, 3), longs(dims(2), 3, 0))
                        .dynamic())
                .shape("circular-cube", s -> cube(s).with(mode("circular")))
                .shape("circular-cube-middle", s -> cube(s).with(axis(1), mode("circular")))
                .shape("circular-cube-last", s -> cube(s).with(axis(2), mode("circular")))
                .reject("beyond-the-end", n -> n.replacing(2, longs(dims(3), 6, 0, 3)))
                .reject("axis-0", n -> n.with(axis(0)))
                .reject("indices-length", n -> n.replacing(2, longs(dims(2), 5, 0)))
                .reject("unknown-mode", n -> n.with(mode("ring")));
    }

    /** All extents alike, so that a wrong axis is not refused. */
    private static OneNode cube(Setting s) {
        return s.node().feed(s.tensor(3, 3, 3), s.tensor(3, 3, 3), longs(dims(3), 1, 2, 0));
    }

    private static Tensor twice(Tensor one) {
        int n = one.size();
        if (one.type() == ElementType.STRING) {
            List<String> both = new java.util.ArrayList<>(one.strings());
            both.addAll(one.strings());
            return Tensor.ofStrings(Shape.of(1, 2, n), both);
        }
        Tensor.Builder both = new Tensor.Builder(one.type(), Shape.of(1, 2, n));
        for (int i = 0; i < 2 * n; i++) {
            both.setBits(i, one.bits(i % n));
        }
        return both.build();
    }
}
