package org.aiis.conformance.catalogue.operators;

import java.util.List;
import java.util.function.BiPredicate;
import org.aiis.conformance.catalogue.Family;
import org.aiis.conformance.catalogue.OneNode;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Labels for numbers and numbers for labels, by a table that the node holds, of the domain ai.onnx.ml. */
final class Labelling {
    private static final BiPredicate<ElementType, Integer> STRINGS =
            Declaration.types(type -> type == ElementType.STRING);

    private Labelling() {}

    static Declaration mapper() {
        AttributeProto[] map = {
            Attribute.ints("cats_int64s", 3, -5, 4), Attribute.strings("cats_strings", List.of("s1", "three", "s7"))
        };
        return Declaration.of("CategoryMapper", s -> mapped(s, s.tensor(9)).with(map))
                .value("known", s -> mapped(s, some(s)).with(map))
                .shape("default", s -> mapped(s, some(s))
                        .with(map)
                        .with(
                                s.type() == ElementType.STRING
                                        ? Attribute.of("default_int64", 77L)
                                        : Attribute.of("default_string", "other")))
                .shape("rank-2", s -> mapped(s, s.tensor(2, 3)).with(map))
                .shape("dynamic", s -> mapped(s, s.tensor(5)).with(map).dynamic())
                .shape("rank-3", s -> mapped(s, s.tensor(2, 1, 3)).with(map))
                .reject("lengths", n -> n.with(Attribute.ints("cats_int64s", 3, -5)))
                .reject("type", n -> n.replacing(0, Learning.half()));
    }

    private static Tensor some(Setting s) {
        return s.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(5), List.of("three", "s7", "", "s1", "Three"))
                : Tensor.ofLongs(s.type(), Shape.of(5), -5, 4, 0, 3, 1);
    }

    private static OneNode mapped(Setting s, Tensor x) {
        return s.node().feed(x).giving(s.type() == ElementType.STRING ? ElementType.INT64 : ElementType.STRING);
    }

    static Declaration encoder() {
        BiPredicate<ElementType, Integer> lists = (type, version) -> version >= 2
                && (type == ElementType.STRING || type == ElementType.INT64 || type == ElementType.FLOAT32);
        BiPredicate<ElementType, Integer> tensors = Declaration.since(4);
        return Declaration.of("LabelEncoder", s -> encoded(s, s.opset() == 1 ? first(s) : s.tensor(7)))
                .families(Family.TIES)
                .value("known", s -> s.opset() == 1 ? encoded(s, first(s)) : encoded(s, keys(s)))
                .second(
                        "to-float64",
                        ElementType.FLOAT64,
                        STRINGS.and(tensors),
                        s -> texts(
                                s,
                                Tensor.ofReals(ElementType.FLOAT64, Shape.of(3), 0.1, -2, 1e300),
                                ElementType.FLOAT64))
                .second(
                        "to-int16",
                        ElementType.INT16,
                        STRINGS.and(tensors),
                        s -> texts(
                                s, Tensor.ofLongs(ElementType.INT16, Shape.of(3), 7, -32768, 32767), ElementType.INT16))
                // Other than the keys by the upper 32 bits alone.
                .value(
                        "far",
                        lists.and(Declaration.only(ElementType.INT64)),
                        s -> encoded(s, Setting.longs((1L << 32) + 5, 5, -2 - (1L << 32), 7, Long.MIN_VALUE)))
                .shape("to-strings", lists, s -> s.node()
                        .feed(keys(s))
                        .with(keyList(s), Attribute.strings("values_strings", List.of("one", "two", "three", "")))
                        .with(Attribute.of("default_string", "none"))
                        .giving(ElementType.STRING))
                .shape("to-int64s", lists, s -> s.node()
                        .feed(keys(s))
                        .with(keyList(s), Attribute.ints("values_int64s", 10, 20, -30, 40))
                        .with(Attribute.of("default_int64", 99L))
                        .giving(ElementType.INT64))
                .shape("to-floats", lists, s -> s.node()
                        .feed(keys(s))
                        .with(keyList(s), Attribute.floats("values_floats", 1.5f, 2, -0.25f, 4))
                        .with(Attribute.of("default_float", 0.5f))
                        .giving(ElementType.FLOAT32))
                .shape("defaults-left-out", lists, s -> s.node()
                        .feed(keys(s))
                        .with(keyList(s), Attribute.strings("values_strings", List.of("one", "two", "three", "")))
                        .giving(ElementType.STRING))
                .shape("rank-3", (type, version) -> version > 1, s -> encoded(s, s.tensor(2, 3, 2)))
                .shape("repeated-key", (type, version) -> version >= 4 && type == ElementType.INT64, s -> s.node()
                        .feed(Tensor.ofLongs(s.type(), Shape.of(3), 1, 2, 3))
                        .with(Attribute.ints("keys_int64s", 1, 2, 1), Attribute.ints("values_int64s", 5, 6, 7))
                        .giving(ElementType.INT64))
                .shape("tensors", tensors, s -> s.node()
                        .feed(keys(s))
                        .with(keyTensor(s), Attribute.of("values_tensor", keys(s)))
                        .with(Attribute.of("default_tensor", one(s)))
                        .giving(s.type()))
                .shape("dynamic", s -> encoded(s, s.opset() == 1 ? first(s) : s.tensor(5))
                        .dynamic())
                .shape("axis-of-1", (type, version) -> version > 1, s -> encoded(s, s.tensor(2, 1)))
                .special(
                        "nan",
                        Declaration.types(ElementType::isFloat),
                        s -> s.opset() < 4
                                ? s.node()
                                        .feed(Tensor.ofReals(s.type(), Shape.of(3), Double.NaN, 1, 2))
                                        .with(
                                                Attribute.floats("keys_floats", 1, Float.NaN),
                                                Attribute.ints("values_int64s", 5, 6))
                                        .giving(ElementType.INT64)
                                : s.node()
                                        .feed(Tensor.ofReals(s.type(), Shape.of(3), Double.NaN, 1, 2))
                                        .with(
                                                Attribute.of(
                                                        "keys_tensor",
                                                        Tensor.ofReals(s.type(), Shape.of(2), 1, Double.NaN)),
                                                Attribute.of("values_tensor", Setting.longs(5, 6)),
                                                Attribute.of("default_tensor", Setting.longs(-7)))
                                        .giving(ElementType.INT64))
                .reject(
                        "lengths",
                        lists,
                        s -> encoded(s, keys(s)),
                        n -> n.with(Attribute.ints("values_int64s", 1, 2, 3)))
                .reject("type", n -> n.replacing(0, Learning.half()));
    }

    /** From three strings to numbers of a type; another string gives the last of them. */
    private static OneNode texts(Setting s, Tensor values, ElementType type) {
        Tensor last =
                new Tensor.Builder(type, Shape.of(1)).setBits(0, values.bits(2)).build();
        return s.node()
                .feed(keys(s))
                .with(
                        Attribute.of("keys_tensor", Tensor.ofStrings(Shape.of(3), List.of("a", "b", "c"))),
                        Attribute.of("values_tensor", values),
                        Attribute.of("default_tensor", last))
                .giving(type);
    }

    private static Tensor first(Setting s) {
        return s.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(4), List.of("b", "x", "c", "a"))
                : Tensor.ofLongs(s.type(), Shape.of(4), 1, 7, 2, 0);
    }

    private static Tensor keys(Setting s) {
        return s.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(5), List.of("c", "a", "", "b", "z"))
                : s.type().isFloat()
                        ? Tensor.ofReals(s.type(), Shape.of(5), 0.5, -2, 0, 7, 3)
                        : Tensor.ofLongs(s.type(), Shape.of(5), 5, -2, 0, 7, 3);
    }

    private static Tensor one(Setting s) {
        return s.type() == ElementType.STRING
                ? Tensor.ofStrings(Shape.of(1), List.of("none"))
                : s.type().isFloat()
                        ? Tensor.ofReals(s.type(), Shape.of(1), 0.75)
                        : Tensor.ofLongs(s.type(), Shape.of(1), 42);
    }

    private static AttributeProto keyList(Setting s) {
        return switch (s.type()) {
            case STRING -> Attribute.strings("keys_strings", List.of("a", "b", "c", ""));
            case FLOAT32 -> Attribute.floats("keys_floats", -2, 7, 0.5f, 0);
            default -> Attribute.ints("keys_int64s", -2, 7, 5, 0);
        };
    }

    private static AttributeProto keyTensor(Setting s) {
        Tensor keys =
                switch (s.type()) {
                    case STRING -> Tensor.ofStrings(Shape.of(5), List.of("a", "b", "c", "", "d"));
                    case FLOAT32, FLOAT64 -> Tensor.ofReals(s.type(), Shape.of(5), -2, 7, 0.5, 0, 9);
                    default -> Tensor.ofLongs(s.type(), Shape.of(5), -2, 7, 5, 0, 9);
                };
        return Attribute.of("keys_tensor", keys);
    }

    /** To integers, or from integers to strings, in the form that the version and the type have. */
    private static OneNode encoded(Setting s, Tensor x) {
        if (s.opset() == 1) {
            return mapped(s, x).with(Attribute.strings("classes_strings", List.of("a", "b", "c")));
        }
        boolean list =
                s.type() == ElementType.STRING || s.type() == ElementType.INT64 || s.type() == ElementType.FLOAT32;
        return list
                ? s.node()
                        .feed(x)
                        .with(keyList(s), Attribute.ints("values_int64s", 10, 20, -30, 40))
                        .giving(ElementType.INT64)
                : s.node()
                        .feed(x)
                        .with(
                                keyTensor(s),
                                Attribute.of("values_tensor", Setting.longs(10, 20, -30, 40, 50)),
                                Attribute.of("default_tensor", Setting.longs(-1)))
                        .giving(ElementType.INT64);
    }
}
