package org.aiis.conformance.catalogue.operators;

import java.util.ArrayList;
import java.util.List;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Decision trees and support vector machines of the domain ai.onnx.ml. */
final class Ensembles {
    private static final List<String> MODES =
            List.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ");

    private Ensembles() {}

    static List<Declaration> declarations() {
        return List.of(ensemble(), oldRegressor(), oldClassifier(), supportRegressor(), supportClassifier());
    }

    /** Whole and half numbers from −2 to 2, so that each comparison meets a number that equals its threshold. */
    private static Tensor samples(Setting s, int count, int features) {
        return s.type().isFloat() ? halves(s, count, features) : s.integersOfType(-2, 2, count, features);
    }

    private static Tensor halves(Setting s, int count, int features) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(count, features));
        for (int i = 0; i < count * features; i++) {
            tensor.setReal(i, s.seeded().integer(-4, 4) * 0.5);
        }
        return tensor.build();
    }

    private static Declaration ensemble() {
        Declaration declaration = Declaration.of("TreeEnsemble", s -> trees(s, 0, halves(s, 11, 3)))
                .families(Family.UNIFORM)
                .shape("targets-1", s -> trees(s, 0, halves(s, 5, 3))
                        .with(Attribute.of("n_targets", 1L), Attribute.ints("leaf_targetids", 0, 0, 0, 0, 0)))
                .shape("member", s -> trees(s, 6, halves(s, 11, 3))
                        .with(Attribute.of(
                                "membership_values",
                                Tensor.ofReals(
                                        s.type(), Shape.of(8), 1, 0.5, Double.NaN, -2, Double.NaN, 0, 2, Double.NaN))))
                .shape("hit-rates", s -> trees(s, 1, halves(s, 5, 3))
                        .with(Attribute.of("nodes_hitrates", Tensor.ofReals(s.type(), Shape.of(3), 0.5, 0.25, 0.25))))
                .shape("one-sample", s -> trees(s, 0, halves(s, 1, 3)))
                .shape("dynamic", s -> trees(s, 0, halves(s, 5, 3)).dynamic())
                .special("missing", s -> trees(s, 0, missing(s)))
                .special("missing-tracks-true", s -> trees(s, 0, missing(s))
                        .with(Attribute.ints("nodes_missing_value_tracks_true", 1, 1, 0)))
                .reject("roots-missing", n -> n.without("tree_roots"))
                .reject("aggregate-unknown", n -> n.with(Attribute.of("aggregate_function", 4L)))
                .reject("target-unknown", n -> n.with(Attribute.ints("leaf_targetids", 0, 1, 0, 1, 2)))
                .reject("feature-unknown", n -> n.with(Attribute.ints("nodes_featureids", 0, 3, 1)))
                .reject(
                        "splits-length",
                        n -> n.with(Attribute.of(
                                "nodes_splits",
                                Tensor.ofReals(
                                        ((OneNode.Operand.Fed) n.operands().get(0))
                                                .tensor()
                                                .type(),
                                        Shape.of(2),
                                        1,
                                        0))));
        for (int mode = 1; mode < MODES.size(); mode++) {
            int number = mode;
            declaration = declaration.shape(
                    MODES.get(mode).toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                    s -> trees(s, number, halves(s, 11, 3)));
        }
        for (String function : List.of("average", "sum", "min", "max")) {
            long number = List.of("average", "sum", "min", "max").indexOf(function);
            declaration = declaration.shape("aggregate-" + function, s -> trees(s, 0, halves(s, 7, 3))
                    .with(Attribute.of("aggregate_function", number), Attribute.of("n_targets", 1L))
                    .with(Attribute.ints("leaf_targetids", 0, 0, 0, 0, 0)));
        }
        return declaration
                .shape("none", s -> trees(s, 0, halves(s, 7, 3)).with(Attribute.of("post_transform", 0L)))
                .shape("softmax", float32(), s -> trees(s, 0, halves(s, 7, 3)).with(Attribute.of("post_transform", 1L)))
                .shape("logistic", float32(), s -> trees(s, 0, halves(s, 7, 3))
                        .with(Attribute.of("post_transform", 2L)));
    }

    private static java.util.function.BiPredicate<ElementType, Integer> float32() {
        return Declaration.types(type -> type == ElementType.FLOAT32);
    }

    private static Tensor missing(Setting s) {
        return Tensor.ofReals(
                s.type(),
                Shape.of(4, 3),
                Double.NaN,
                1,
                0,
                0,
                Double.NaN,
                1,
                2,
                1,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                1);
    }

    /** Two trees: one of two inner nodes and three leaves, one of one inner node and two leaves. */
    private static OneNode trees(Setting s, int mode, Tensor x) {
        Tensor modes = new Tensor.Builder(ElementType.UINT8, Shape.of(3))
                .setBits(0, mode)
                .setBits(1, mode)
                .setBits(2, mode)
                .build();
        return s.node()
                .feed(x)
                .with(
                        Attribute.of("n_targets", 2L),
                        Attribute.ints("tree_roots", 0, 2),
                        Attribute.of("nodes_modes", modes),
                        Attribute.ints("nodes_featureids", 0, 2, 1),
                        Attribute.of("nodes_splits", Tensor.ofReals(s.type(), Shape.of(3), 0.5, -1, 1)),
                        Attribute.ints("nodes_truenodeids", 1, 0, 3))
                .with(
                        Attribute.ints("nodes_trueleafs", 0, 1, 1),
                        Attribute.ints("nodes_falsenodeids", 2, 1, 4),
                        Attribute.ints("nodes_falseleafs", 1, 1, 1),
                        Attribute.ints("leaf_targetids", 0, 1, 0, 1, 0),
                        Attribute.of(
                                "leaf_weights", Tensor.ofReals(s.type(), Shape.of(5), 1.25, -0.3, 5.7, 2.1, -4.4)));
    }

    private static Declaration oldRegressor() {
        Declaration declaration = common(Declaration.of("TreeEnsembleRegressor", Ensembles::regression), "target")
                .shape("base-values", s -> regression(s).with(Attribute.floats("base_values", 0.5f, -1.5f)))
                .value("base-values-tensor", Ensembles::doubles, s -> regression(s)
                        .with(Attribute.of(
                                "base_values_as_tensor", Tensor.ofReals(ElementType.FLOAT64, Shape.of(2), 0.5, -1.5))));
        // Votes of +∞ and −∞ for one target.
        declaration = declaration.special("infinite-votes", Declaration.only(ElementType.FLOAT32), s -> regression(s)
                .replacing(0, Tensor.ofReals(s.type(), Shape.of(3, 3), 2, 2, 0, 2, 0, 0, 0, 2, 0))
                .with(Attribute.floats(
                        "target_weights", Float.POSITIVE_INFINITY, 0.3f, 5.7f, 2.1f, Float.NEGATIVE_INFINITY)));
        for (String function : List.of("AVERAGE", "SUM", "MIN", "MAX")) {
            declaration = declaration.shape("aggregate-" + function, s -> regression(s)
                    .with(Attribute.of("aggregate_function", function), Attribute.of("n_targets", 1L))
                    .with(Attribute.ints("target_ids", 0, 0, 0, 0, 0)));
        }
        return declaration;
    }

    private static Declaration oldClassifier() {
        return common(Declaration.of("TreeEnsembleClassifier", Ensembles::classification), "class")
                .shape("strings", s -> classification(s)
                        .without("classlabels_int64s")
                        .with(Attribute.strings("classlabels_strings", List.of("a", "b", "c")))
                        .giving(ElementType.STRING, ElementType.FLOAT32))
                .shape("base-values", s -> classification(s).with(Attribute.floats("base_values", 0.5f, -1.5f, 2)))
                .value("base-values-tensor", Ensembles::doubles, s -> classification(s)
                        .with(Attribute.of(
                                "base_values_as_tensor",
                                Tensor.ofReals(ElementType.FLOAT64, Shape.of(3), 0.5, -1.5, 2))));
    }

    /** The forms as tensors are for inputs of float64, from version 3 on. */
    private static boolean doubles(ElementType type, int version) {
        return version >= 3 && type == ElementType.FLOAT64;
    }

    private static Declaration common(Declaration plain, String votes) {
        Declaration declaration = plain.families(Family.UNIFORM)
                .shape(
                        "hit-rates",
                        s -> plain.plain().in(s).with(Attribute.floats("nodes_hitrates", 1, 1, 1, 1, 1, 1, 1, 1)))
                .value("tensors", Ensembles::doubles, s -> plain.plain()
                        .in(s)
                        .without("nodes_values")
                        .without(votes + "_weights")
                        .with(
                                tensor("nodes_values_as_tensor", 0.5, -1, 0, 0, 0, 1, 0, 0),
                                tensor("nodes_hitrates_as_tensor", 1, 1, 1, 1, 1, 1, 1, 1),
                                tensor(votes + "_weights_as_tensor", 1.25, 0.3, 5.7, 2.1, 4.4)))
                .shape("none", s -> plain.plain().in(s).with(Attribute.of("post_transform", "NONE")))
                .shape("softmax", s -> plain.plain().in(s).with(Attribute.of("post_transform", "SOFTMAX")))
                .shape("logistic", s -> plain.plain().in(s).with(Attribute.of("post_transform", "LOGISTIC")))
                .shape("dynamic", s -> plain.plain().in(s).dynamic())
                .special("missing", s -> plain.plain().in(s).replacing(0, missing(s)))
                .special("missing-tracks-true", s -> plain.plain()
                        .in(s)
                        .replacing(0, missing(s))
                        .with(Attribute.ints("nodes_missing_value_tracks_true", 1, 1, 0, 0, 0, 0, 0, 0)))
                // Two trees, of three nodes and of a leaf alone.
                .value("leaf-alone", s -> plain.plain()
                        .in(s)
                        .with(
                                Attribute.ints("nodes_treeids", 0, 0, 0, 1),
                                Attribute.ints("nodes_nodeids", 0, 1, 2, 0),
                                Attribute.ints("nodes_featureids", 1, 0, 0, 0),
                                Attribute.floats("nodes_values", 0.5f, 0, 0, 0),
                                Attribute.strings("nodes_modes", List.of("BRANCH_LEQ", "LEAF", "LEAF", "LEAF")),
                                Attribute.ints("nodes_truenodeids", 1, 0, 0, 0),
                                Attribute.ints("nodes_falsenodeids", 2, 0, 0, 0))
                        .with(
                                Attribute.ints(votes + "_treeids", 0, 0, 1),
                                Attribute.ints(votes + "_nodeids", 1, 2, 0),
                                Attribute.ints(votes + "_ids", 0, 1, 1),
                                Attribute.floats(votes + "_weights", 1.25f, 2.5f, 0.5f)))
                // The leaf 2 of the first tree votes twice.
                .value("leaf-of-two-votes", s -> plain.plain()
                        .in(s)
                        .with(
                                Attribute.ints(votes + "_treeids", 0, 0, 0, 0, 1, 1),
                                Attribute.ints(votes + "_nodeids", 2, 3, 2, 4, 1, 2),
                                Attribute.ints(votes + "_ids", 0, 1, 1, 0, 1, 0),
                                Attribute.floats(votes + "_weights", 1.25f, 0.3f, 5.7f, 2.1f, 4.4f, 0.7f)))
                .value("beside-threshold", Declaration.types(ElementType::isFloat), s -> plain.plain()
                        .in(s)
                        .replacing(0, beside(s)))
                .value("extremes", Declaration.types(ElementType::isInteger), s -> plain.plain()
                        .in(s)
                        .replacing(0, Learning.extremes(s, 1, 3)))
                .reject("mode-unknown", n -> n.with(modes("BRANCH_ALL")))
                .reject("type", n -> n.replacing(0, Tensor.ofReals(ElementType.FLOAT16, Shape.of(1, 3), 1, 2, 3)));
        for (String mode : MODES) {
            declaration = declaration.shape(
                    mode.toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                    s -> plain.plain().in(s).with(modes(mode)));
        }
        return declaration;
    }

    /** One sample, whose first feature is above the threshold by as little as the type holds. */
    private static Tensor beside(Setting s) {
        return Tensor.ofReals(s.type(), Shape.of(1, 3), 0.5 + s.type().format().ulp(0.5), 2, 0);
    }

    private static AttributeProto tensor(String name, double... values) {
        return Attribute.of(name, Tensor.ofReals(ElementType.FLOAT64, Shape.of(values.length), values));
    }

    private static AttributeProto modes(String mode) {
        return Attribute.strings("nodes_modes", List.of(mode, mode, "LEAF", "LEAF", "LEAF", mode, "LEAF", "LEAF"));
    }

    /**
     * Votes are positive, so that the top class has one whether or not classes without votes count (OP-TreeEnsemble-D3). Two
     * trees: nodes 0 and 1 with the leaves 2, 3, 4, and node 0 with the leaves
     * 1 and 2.
     */
    private static List<AttributeProto> nodes(String votes) {
        return new ArrayList<>(List.of(
                Attribute.ints("nodes_treeids", 0, 0, 0, 0, 0, 1, 1, 1),
                Attribute.ints("nodes_nodeids", 0, 1, 2, 3, 4, 0, 1, 2),
                Attribute.ints("nodes_featureids", 0, 2, 0, 0, 0, 1, 0, 0),
                Attribute.floats("nodes_values", 0.5f, -1, 0, 0, 0, 1, 0, 0),
                modes("BRANCH_LEQ"),
                Attribute.ints("nodes_truenodeids", 1, 3, 0, 0, 0, 1, 0, 0),
                Attribute.ints("nodes_falsenodeids", 2, 4, 0, 0, 0, 2, 0, 0),
                Attribute.ints(votes + "_treeids", 0, 0, 0, 1, 1),
                Attribute.ints(votes + "_nodeids", 2, 3, 4, 1, 2),
                Attribute.floats(votes + "_weights", 1.25f, 0.3f, 5.7f, 2.1f, 4.4f)));
    }

    private static OneNode regression(Setting s) {
        return s.node()
                .feed(samples(s, 11, 3))
                .with(nodes("target").toArray(AttributeProto[]::new))
                .with(Attribute.of("n_targets", 2L), Attribute.ints("target_ids", 0, 1, 0, 1, 0))
                .giving(ElementType.FLOAT32);
    }

    private static OneNode classification(Setting s) {
        return s.node()
                .feed(samples(s, 11, 3))
                .with(nodes("class").toArray(AttributeProto[]::new))
                .with(Attribute.ints("classlabels_int64s", 7, -1, 4), Attribute.ints("class_ids", 0, 1, 2, 1, 0))
                .giving(ElementType.INT64, ElementType.FLOAT32);
    }

    private static Declaration supportRegressor() {
        Declaration declaration = Declaration.of("SVMRegressor", s -> supported(s, "RBF"))
                .families(Family.UNIFORM)
                .shape("linear-machine", s -> s.node()
                        .feed(inputs(s))
                        .with(Attribute.floats("coefficients", 0.5f, -1.25f, 0.75f), Attribute.floats("rho", 0.3f))
                        .giving(ElementType.FLOAT32))
                .shape("one-class", s -> supported(s, "RBF").with(Attribute.of("one_class", 1L)))
                .shape("one-class-0", s -> supported(s, "RBF").with(Attribute.of("one_class", 0L)))
                .shape("none", s -> supported(s, "LINEAR").with(Attribute.of("post_transform", "NONE")))
                .shape("dynamic", s -> supported(s, "RBF").dynamic())
                .reject("kernel-unknown", n -> n.with(Attribute.of("kernel_type", "COSINE")))
                .reject("type", n -> n.replacing(0, Tensor.ofReals(ElementType.FLOAT16, Shape.of(1, 3), 1, 2, 3)));
        for (String kernel : List.of("LINEAR", "POLY", "SIGMOID")) {
            declaration = declaration.shape("kernel-" + kernel, s -> supported(s, kernel));
        }
        for (float degree : new float[] {0, 2}) {
            declaration = declaration.value("degree-" + (int) degree, s -> supported(s, "POLY")
                    .with(Attribute.floats("kernel_params", 0.5f, 0.25f, degree)));
        }
        return declaration.shape("kernel-left-out", s -> supported(s, "LINEAR").without("kernel_type"));
    }

    private static Tensor inputs(Setting s) {
        return s.type().isFloat() ? s.between(-1, 1, 7, 3) : s.integersOfType(-1, 1, 7, 3);
    }

    private static OneNode supported(Setting s, String kernel) {
        return s.node()
                .feed(inputs(s))
                .with(
                        Attribute.of("kernel_type", kernel),
                        Attribute.floats("kernel_params", 0.5f, 0.25f, 3),
                        Attribute.of("n_supports", 4L),
                        Attribute.floats("coefficients", 1.5f, -0.75f, 0.5f, -1.25f),
                        Attribute.floats("rho", 0.375f),
                        vectors(4))
                .giving(ElementType.FLOAT32);
    }

    private static AttributeProto vectors(int count) {
        float[] numbers = {1, 0.5f, -1, 0.25f, -0.75f, 1, -1, -0.5f, 0, 0.3f, 0.9f, 0.7f, -0.2f, 0.1f, 0.8f};
        return Attribute.floats("support_vectors", java.util.Arrays.copyOf(numbers, 3 * count));
    }

    private static Declaration supportClassifier() {
        Declaration declaration = Declaration.of("SVMClassifier", s -> machines(s, "RBF"))
                .families(Family.UNIFORM)
                .shape("strings", s -> machines(s, "RBF")
                        .without("classlabels_ints")
                        .with(Attribute.strings("classlabels_strings", List.of("a", "b", "c")))
                        .giving(ElementType.STRING, ElementType.FLOAT32))
                .shape("linear-machine", s -> s.node()
                        .feed(inputs(s))
                        .with(
                                Attribute.floats(
                                        "coefficients", 0.5f, -1.25f, 0.75f, 1, 0.2f, -0.4f, -0.6f, 0.9f, 0.1f),
                                Attribute.floats("rho", 0.3f),
                                Attribute.ints("classlabels_ints", 4, -2, 9))
                        .giving(ElementType.INT64, ElementType.FLOAT32))
                .shape("none", s -> machines(s, "RBF").with(Attribute.of("post_transform", "NONE")))
                .shape("dynamic", s -> machines(s, "RBF").dynamic())
                // The votes of a NaN are open, so that only the scores are looked at.
                .special("nan", s -> machines(s, "RBF")
                        .replacing(0, Products.holding(s, Double.NaN, 7, 3))
                        .giving(ElementType.FLOAT32)
                        .behind(List.of("t", "y")))
                .reject("kernel-unknown", n -> n.with(Attribute.of("kernel_type", "COSINE")))
                .reject("type", n -> n.replacing(0, Tensor.ofReals(ElementType.FLOAT16, Shape.of(1, 3), 1, 2, 3)));
        for (String kernel : List.of("LINEAR", "POLY", "SIGMOID")) {
            declaration = declaration.shape("kernel-" + kernel, s -> machines(s, kernel));
        }
        return declaration;
    }

    /** Three classes with two, two and one support vectors. */
    private static OneNode machines(Setting s, String kernel) {
        return s.node()
                .feed(inputs(s))
                .with(
                        Attribute.of("kernel_type", kernel),
                        Attribute.floats("kernel_params", 0.5f, 0.25f, 3),
                        Attribute.ints("vectors_per_class", 2, 2, 1),
                        Attribute.floats("coefficients", 1.5f, 0.75f, -0.5f, -1.25f, -2, 1, 0.3f, 0.7f, 0.9f, -1.7f),
                        Attribute.floats("rho", 0.375f, -0.25f, 0.5f),
                        vectors(5))
                .with(Attribute.ints("classlabels_ints", 4, -2, 9))
                .giving(ElementType.INT64, ElementType.FLOAT32);
    }
}
