package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;

/** Operators that move elements, with their derivatives. */
public final class Layout {
    private Layout() {}

    /** Other extents of as many elements; at most one of them is known at the run alone. */
    public static Value reshape(Tape tape, Value x, Extent... extents) {
        List<Extent> wanted = List.of(extents);
        if (!wanted.stream().reduce(Extent.of(1), Extent::times).equals(x.size())) {
            throw new IllegalStateException(x + " as " + wanted);
        }
        long[] numbers =
                wanted.stream().mapToLong(e -> e.known() ? e.number() : -1).toArray();
        Value y = tape.node("Reshape", List.of(x, tape.integers(numbers)), x.type(), wanted);
        return tape.remember(
                List.of(x),
                y,
                d -> d.add(x, () -> reshape(tape, d.at(y), x.extents().toArray(new Extent[0]))));
    }

    /** All elements in one row. */
    public static Value flat(Tape tape, Value x) {
        return x.rank() == 1 ? x : reshape(tape, x, x.size());
    }

    public static Value transpose(Tape tape, Value x, int... perm) {
        List<Extent> extents = Arrays.stream(perm).mapToObj(x::extent).toList();
        long[] order = Arrays.stream(perm).asLongStream().toArray();
        Value y = tape.node("Transpose", List.of(x), x.type(), extents, Attribute.ints("perm", order));
        int[] back = new int[perm.length];
        for (int axis = 0; axis < perm.length; axis++) {
            back[perm[axis]] = axis;
        }
        return tape.remember(List.of(x), y, d -> d.add(x, () -> transpose(tape, d.at(y), back)));
    }

    /** Parts one after another. An axis along which they lie has a number for its extent, or is the same multiple of one symbol. */
    public static Value concat(Tape tape, int axis, List<Value> parts) {
        Value first = parts.get(0);
        String symbol = first.extent(axis).symbol();
        long sum = 0;
        for (Value part : parts) {
            if (!part.extent(axis).symbol().equals(symbol)) {
                throw new IllegalStateException("parts " + parts + " along axis " + axis);
            }
            sum += part.extent(axis).factor();
        }
        Value y = tape.node(
                "Concat", parts, first.type(), first.with(axis, new Extent(sum, symbol)), Attribute.of("axis", axis));
        return tape.remember(parts, y, d -> {
            boolean alike = parts.stream().allMatch(p -> p.extents().equals(first.extents()));
            List<Value> pieces = alike
                    ? split(tape, d.at(y), axis, parts.size())
                    : split(
                            tape,
                            d.at(y),
                            axis,
                            parts.stream()
                                    .mapToLong(p -> p.extent(axis).number())
                                    .toArray());
            for (int i = 0; i < parts.size(); i++) {
                Value piece = pieces.get(i);
                d.add(parts.get(i), () -> piece);
            }
        });
    }

    /** Parts of these extents along an axis. */
    public static List<Value> split(Tape tape, Value x, int axis, long... sizes) {
        List<List<Extent>> extents =
                Arrays.stream(sizes).mapToObj(s -> x.with(axis, Extent.of(s))).toList();
        return divided(
                tape,
                x,
                axis,
                tape.nodes("Split", List.of(x, tape.integers(sizes)), extents, Attribute.of("axis", axis)));
    }

    /** So many equal parts along an axis, whose extent may be known at the run alone. */
    public static List<Value> split(Tape tape, Value x, int axis, int parts) {
        Extent whole = x.extent(axis);
        if (whole.factor() % parts != 0) {
            throw new IllegalStateException(x + " in " + parts + " parts");
        }
        List<Extent> extents = x.with(axis, new Extent(whole.factor() / parts, whole.symbol()));
        return divided(
                tape,
                x,
                axis,
                tape.nodes(
                        "Split", List.of(x), java.util.Collections.nCopies(parts, extents), equal(tape, axis, parts)));
    }

    /** Since opset 18 Split says how many equal parts there are. */
    private static AttributeProto[] equal(Tape tape, int axis, int parts) {
        return tape.opset() < 18
                ? new AttributeProto[] {Attribute.of("axis", axis)}
                : new AttributeProto[] {Attribute.of("axis", axis), Attribute.of("num_outputs", parts)};
    }

    private static List<Value> divided(Tape tape, Value x, int axis, List<Value> parts) {
        tape.remember(
                List.of(x),
                parts,
                d -> d.add(
                        x,
                        () -> concat(tape, axis, parts.stream().map(d::orZero).toList())));
        return parts;
    }

    /** Every {@code step}th place of an axis from {@code from} to before {@code to}; the extent of the axis is a number. */
    public static Value slice(Tape tape, Value x, int axis, int from, int to, int step) {
        int[] places = java.util.stream.IntStream.iterate(from, p -> p < to, p -> p + step)
                .toArray();
        Value y = tape.node(
                "Slice",
                List.of(x, tape.integers(from), tape.integers(to), tape.integers(axis), tape.integers(step)),
                x.type(),
                x.with(axis, Extent.of(places.length)));
        return tape.remember(
                List.of(x), y, d -> d.add(x, () -> Places.of(places).back(tape, d.at(y), axis, x)));
    }

    /** The places of an axis that are named, in that order, each as often as it is named; its extent is a number. */
    public static Value gather(Tape tape, Value x, int axis, Places places) {
        Value y = places.of(tape, x, axis);
        return tape.remember(List.of(x), y, d -> d.add(x, () -> places.back(tape, d.at(y), axis, x)));
    }

    /** The records at places that are known at the run alone. No derivative goes through it: records are data. */
    public static Value records(Tape tape, Value data, Value places) {
        return tape.node("Gather", List.of(data, places), data.type(), data.with(0, places.extent(0)));
    }

    /** A number in the extents of a value. */
    static Value filled(Tape tape, double number, Value like) {
        Value shape = tape.node("Shape", List.of(like), ElementType.INT64, List.of(Extent.of(like.rank())));
        return tape.node("Expand", List.of(tape.real(number), shape), tape.real(), like.extents());
    }

    /** Zeros of extents whose first is that of the vector {@code like}. */
    public static Value zeros(Tape tape, Value like, long... rest) {
        List<Extent> extents = new ArrayList<>(List.of(like.extent(0)));
        Arrays.stream(rest).forEach(e -> extents.add(Extent.of(e)));
        Value many = tape.node("Shape", List.of(like), ElementType.INT64, List.of(Extent.of(1)));
        Value shape = tape.node(
                "Concat",
                List.of(many, tape.integers(rest)),
                ElementType.INT64,
                List.of(Extent.of(1L + rest.length)),
                Attribute.of("axis", 0));
        return tape.node("Expand", List.of(tape.real(0), shape), tape.real(), extents);
    }
}
