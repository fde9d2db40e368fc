package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;

/** Sums and means over axes, and the softmax, with their derivatives. */
public final class Reductions {
    private Reductions() {}

    /** The sum over axes, which stay with extent 1 where {@code keep} says so. */
    public static Value sum(Tape tape, Value x, boolean keep, long... axes) {
        Value y = tape.node(
                "ReduceSum",
                List.of(x, tape.integers(axes)),
                x.type(),
                extents(x, keep, axes),
                Attribute.of("keepdims", keep ? 1 : 0));
        return tape.remember(List.of(x), y, d -> d.add(x, () -> spread(tape, d.at(y), x, keep, axes)));
    }

    /**
     * The sum of the rows of a matrix {@code [m, n]}. Where several rows belong to one record they are first taken for one long row, which
     * takes less than half the time on ONNX Runtime's CPU provider and sums fewer terms one after another.
     */
    static Value rows(Tape tape, Value x) {
        Extent many = x.extent(0);
        if (many.known() || many.factor() == 1 || !x.extent(1).known()) {
            return sum(tape, x, false, 0);
        }
        Extent each = Extent.of(many.factor());
        Value records = Layout.reshape(tape, x, Extent.named(many.symbol()), each.times(x.extent(1)));
        Value one = Layout.reshape(tape, sum(tape, records, false, 0), each, x.extent(1));
        return sum(tape, one, false, 0);
    }

    /** The mean over axes. */
    public static Value mean(Tape tape, Value x, boolean keep, long... axes) {
        Extent many = Arrays.stream(axes).mapToObj(a -> x.extent((int) a)).reduce(Extent.of(1), Extent::times);
        return Elementwise.div(tape, sum(tape, x, keep, axes), count(tape, x, many));
    }

    /** How many there are of an extent, as a real number of rank 0. */
    private static Value count(Tape tape, Value x, Extent many) {
        if (many.known()) {
            return tape.real((double) many.number());
        }
        Extent rest = Extent.of(1);
        for (Extent extent : x.extents()) {
            rest = extent.known() ? rest.times(extent) : rest;
        }
        Value all = tape.node("Size", List.of(x), ElementType.INT64, List.of());
        Value symbol =
                Elementwise.div(tape, Elementwise.cast(tape, all, tape.real()), tape.real((double) rest.number()));
        return many.factor() == 1 ? symbol : Elementwise.mul(tape, symbol, tape.real((double) many.factor()));
    }

    /** log softmax over the last axis. */
    public static Value logSoftmax(Tape tape, Value x) {
        Value y = tape.node("LogSoftmax", List.of(x), x.type(), x.extents(), Attribute.of("axis", -1));
        long last = x.rank() - 1L;
        return tape.remember(
                List.of(x),
                y,
                d -> d.add(
                        x,
                        () -> Elementwise.sub(
                                tape,
                                d.at(y),
                                Elementwise.mul(tape, Elementwise.exp(tape, y), sum(tape, d.at(y), true, last)))));
    }

    /** softmax over the last axis. */
    public static Value softmax(Tape tape, Value x) {
        Value y = tape.node("Softmax", List.of(x), x.type(), x.extents(), Attribute.of("axis", -1));
        long last = x.rank() - 1L;
        return tape.remember(
                List.of(x),
                y,
                d -> d.add(x, () -> {
                    Value weighed = Elementwise.mul(tape, d.at(y), y);
                    return Elementwise.sub(tape, weighed, Elementwise.mul(tape, y, sum(tape, weighed, true, last)));
                }));
    }

    private static Value spread(Tape tape, Value d, Value x, boolean keep, long... axes) {
        Value kept = d;
        if (!keep) {
            kept = tape.node("Unsqueeze", List.of(d, tape.integers(axes)), d.type(), extents(x, true, axes));
        }
        Value shape = tape.node("Shape", List.of(x), ElementType.INT64, List.of(Extent.of(x.rank())));
        return tape.node("Expand", List.of(kept, shape), d.type(), x.extents());
    }

    private static List<Extent> extents(Value x, boolean keep, long... axes) {
        List<Extent> extents = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            int at = axis;
            boolean summed = Arrays.stream(axes).anyMatch(a -> a == at);
            if (!summed) {
                extents.add(x.extent(axis));
            } else if (keep) {
                extents.add(Extent.of(1));
            }
        }
        return extents;
    }
}
