package org.aiis.conformance.catalogue.operators;

import java.util.List;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** NonMaxSuppression. Scores are distinct, and overlaps are far from the thresholds unless both are exact. */
final class Boxes {
    private static final float[] SCORES = {0.5f, 0.875f, 0.625f, 0.75f, 0.3125f, 0.9375f};

    private Boxes() {}

    static List<Declaration> declarations() {
        Declaration boxes = Declaration.of("NonMaxSuppression", s -> suppressed(s, row(), scores(), 6, 0.5f, 0.25f))
                .shape("max-1", s -> suppressed(s, row(), scores(), 1, 0.5f, 0.25f))
                .shape("max-2", s -> suppressed(s, row(), scores(), 2, 0.5f, 0.25f))
                .shape("max-0", s -> suppressed(s, row(), scores(), 0, 0.5f, 0.25f))
                .shape("max-left-out", s -> node(s, row(), scores()))
                .shape("max-only", s -> node(s, row(), scores()).feed(Setting.longs(6)))
                .shape("no-score-threshold", s -> node(s, row(), scores())
                        .feed(Setting.longs(6), Tensor.ofFloats(Shape.of(1), 0.5f)))
                .shape("no-overlap-threshold", s -> node(s, row(), scores())
                        .feed(Setting.longs(6))
                        .omit()
                        .feed(Tensor.ofFloats(Shape.of(1), 0.4375f)))
                .shape("strict-overlap-threshold", s -> suppressed(s, row(), scores(), 6, 0, 0.25f))
                .shape("loose-overlap-threshold", s -> suppressed(s, row(), scores(), 6, 0.75f, 0.25f))
                .shape("overlap-threshold-1", s -> suppressed(s, row(), scores(), 6, 1, 0.25f))
                .shape("score-threshold", s -> suppressed(s, row(), scores(), 6, 0.5f, 0.7f))
                .shape("scalars", s -> node(s, row(), scores())
                        .feed(
                                Tensor.ofLongs(ElementType.INT64, Shape.SCALAR, 6),
                                Tensor.ofFloats(Shape.SCALAR, 0.5f),
                                Tensor.ofFloats(Shape.SCALAR, 0.25f)))
                .shape("constants", s -> node(s, row(), scores())
                        .constant(Setting.longs(6))
                        .constant(Tensor.ofFloats(Shape.of(1), 0.5f))
                        .constant(Tensor.ofFloats(Shape.of(1), 0.25f)))
                .shape("corners-swapped", s -> suppressed(s, swapped(), scores(), 6, 0.5f, 0.25f))
                .shape("centers", s -> suppressed(s, centers(), scores(), 6, 0.5f, 0.25f)
                        .with(Attribute.of("center_point_box", 1L)))
                .shape("centers-apart", s -> suppressed(s, narrow(), four(), 4, 0.5f, 0.25f)
                        .with(Attribute.of("center_point_box", 1L)))
                .shape("corners", s -> suppressed(s, row(), scores(), 6, 0.5f, 0.25f)
                        .with(Attribute.of("center_point_box", 0L)))
                .shape("classes-and-batches", s -> suppressed(s, batches(), several(), 3, 0.5f, 0.25f))
                .shape(
                        "no-boxes",
                        s -> suppressed(
                                s,
                                new Tensor.Builder(ElementType.FLOAT32, Shape.of(1, 0, 4)).build(),
                                new Tensor.Builder(ElementType.FLOAT32, Shape.of(1, 1, 0)).build(),
                                3,
                                0.5f,
                                0.25f))
                .shape("dynamic", s -> suppressed(s, row(), scores(), 6, 0.5f, 0.25f)
                        .dynamic())
                .special(
                        "overlap-equals-threshold",
                        s -> suppressed(
                                s,
                                Tensor.ofFloats(Shape.of(1, 2, 4), 0, 0, 1, 3, 0, 1, 1, 4),
                                Tensor.ofFloats(Shape.of(1, 1, 2), 0.5f, 0.75f),
                                2,
                                0.5f,
                                0))
                .special("score-equals-threshold", s -> suppressed(s, row(), scores(), 6, 0.5f, 0.75f))
                .reject("boxes-of-5", n -> n.replacing(0, Products.zeros(n, 1, 6, 5)))
                .reject("scores-length", n -> n.replacing(1, Products.zeros(n, 1, 1, 5)))
                .reject("batches", n -> n.replacing(1, Products.zeros(n, 2, 1, 6)))
                .reject("overlap-threshold-above-1", n -> n.replacing(3, Tensor.ofFloats(Shape.of(1), 1.5f)))
                .special("special-scores", s -> node(s, apart(), special()).feed(Setting.longs(7)));
        return List.of(boxes);
    }

    private static OneNode node(Setting s, Tensor boxes, Tensor scores) {
        return s.node().giving(ElementType.INT64).feed(boxes, scores);
    }

    private static OneNode suppressed(Setting s, Tensor boxes, Tensor scores, long most, float overlap, float score) {
        return node(s, boxes, scores)
                .feed(Setting.longs(most), Tensor.ofFloats(Shape.of(1), overlap), Tensor.ofFloats(Shape.of(1), score));
    }

    private static Tensor four() {
        return Tensor.ofFloats(Shape.of(1, 1, 4), 0.5f, 0.875f, 0.625f, 0.75f);
    }

    private static Tensor scores() {
        return Tensor.ofFloats(Shape.of(1, 1, 6), SCORES);
    }

    /** Unit squares beside each other, by 0.1 (an overlap of 0.82), 0.3 (0.54) or more. */
    private static Tensor row() {
        return boxes(0, 0.1f, 0.3f, 2, 2.3f, 4);
    }

    private static Tensor apart() {
        return boxes(0, 2, 4, 6, 8, 10, 12);
    }

    private static Tensor special() {
        return Tensor.ofFloats(
                Shape.of(1, 1, 7),
                -0.0f,
                Float.MIN_VALUE,
                Float.POSITIVE_INFINITY,
                -Float.MAX_VALUE,
                1,
                Float.NEGATIVE_INFINITY,
                Float.MAX_VALUE);
    }

    private static Tensor boxes(float... lefts) {
        float[] corners = new float[4 * lefts.length];
        for (int i = 0; i < lefts.length; i++) {
            corners[4 * i] = 0.25f;
            corners[4 * i + 1] = lefts[i];
            corners[4 * i + 2] = 1.25f;
            corners[4 * i + 3] = lefts[i] + 1;
        }
        return Tensor.ofFloats(Shape.of(1, lefts.length, 4), corners);
    }

    /** The same boxes by other corners, and tall ones, so that height and width differ. */
    private static Tensor swapped() {
        return Tensor.ofFloats(
                Shape.of(1, 6, 4), 1, 3, 0, 0, 1, 0, 0.25f, 3, 0, 3, 1, 0.5f, 5, 0, 8, 1, 8, 1, 5.25f, 0, 9, 9, 10, 10);
    }

    private static Tensor centers() {
        return Tensor.ofFloats(
                Shape.of(1, 6, 4), 1, 2, 4, 1, 1.25f, 2, 4, 1, 1, 2.75f, 4, 1, 8, 8, 1, 6, 8, 7.5f, 1, 6, 20, 20, 2, 2);
    }

    /** Two that stand beside each other and two one above the other, each pair with an overlap of 0.14. */
    private static Tensor narrow() {
        return Tensor.ofFloats(Shape.of(1, 4, 4), 1, 2, 1, 4, 1.75f, 2, 1, 4, 1, 8, 4, 1, 1, 8.75f, 4, 1);
    }

    private static Tensor batches() {
        Tensor first = row();
        Tensor second = boxes(4, 2.3f, 2, 0.3f, 0.1f, 0);
        Tensor.Builder both = new Tensor.Builder(ElementType.FLOAT32, Shape.of(2, 6, 4));
        for (int i = 0; i < 48; i++) {
            both.setBits(i, i < 24 ? first.bits(i) : second.bits(i - 24));
        }
        return both.build();
    }

    private static Tensor several() {
        Tensor.Builder scores = new Tensor.Builder(ElementType.FLOAT32, Shape.of(2, 3, 6));
        for (int i = 0; i < 36; i++) {
            scores.setReal(i, SCORES[(i * 5 + i / 6) % 6] - Math.floorDiv(i, 6) * 0.03125);
        }
        return scores.build();
    }
}
