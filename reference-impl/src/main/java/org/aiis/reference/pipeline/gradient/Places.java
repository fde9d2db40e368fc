package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Places of an axis that are read, in order. The derivative by what was read is gathered too, from the derivative with one
 * place of zeros behind it: as often as the most read place was read, then summed. So there is no scatter, which few providers
 * have and which leaves the order of a sum open.
 */
public record Places(List<Integer> read) {
    public Places {
        read = List.copyOf(read);
    }

    public static Places of(int... places) {
        return new Places(Arrays.stream(places).boxed().toList());
    }

    int count() {
        return read.size();
    }

    Value of(Tape tape, Value x, int axis) {
        return gather(tape, x, axis, read.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The derivative by x from that by what was read of it. */
    Value back(Tape tape, Value d, int axis, Value x) {
        Value zeros = Layout.filled(tape, 0, gather(tape, d, axis, 0));
        Value behind = Layout.concat(tape, axis, List.of(d, zeros));
        List<Value> terms = new ArrayList<>();
        for (int[] readers : readers((int) x.extent(axis).number())) {
            terms.add(gather(tape, behind, axis, readers));
        }
        return terms.stream().reduce((a, b) -> Elementwise.add(tape, a, b)).orElseThrow();
    }

    /** For the first, second, … time that each place is read: by which of the reads; the place of zeros where it is not. */
    private List<int[]> readers(int extent) {
        List<List<Integer>> by = IntStream.range(0, extent)
                .mapToObj(i -> (List<Integer>) new ArrayList<Integer>())
                .toList();
        for (int i = 0; i < read.size(); i++) {
            by.get(read.get(i)).add(i);
        }
        int most = by.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, Math.max(1, most))
                .mapToObj(turn -> by.stream()
                        .mapToInt(reads -> turn < reads.size() ? reads.get(turn) : read.size())
                        .toArray())
                .toList();
    }

    static Value gather(Tape tape, Value x, int axis, int... places) {
        long[] numbers = Arrays.stream(places).asLongStream().toArray();
        Value indices = tape.constant(Tensor.ofLongs(ElementType.INT32, Shape.of(places.length), numbers));
        return tape.node(
                "Gather",
                List.of(x, indices),
                x.type(),
                x.with(axis, Extent.of(places.length)),
                Attribute.of("axis", axis));
    }
}
