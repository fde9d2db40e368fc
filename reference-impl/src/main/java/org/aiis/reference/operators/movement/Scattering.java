package org.aiis.reference.operators.movement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/** Writing updates to places of a tensor, in the place of what is there or combined with it. */
final class Scattering {
    private Scattering() {}

    /** The data with update i at place i; a later one at the same place comes after. */
    static Value of(Call call, String reduction, Value data, int[] places, Value updates) {
        call.spend((long) data.size() + places.length);
        int[] source = new int[data.size()];
        Arrays.setAll(source, i -> i);
        if (reduction.equals("none")) {
            for (int i = 0; i < places.length; i++) {
                source[places[i]] = data.size() + i;
            }
            return Value.join(List.of(data, updates)).gather(source, data.shape());
        }
        if (data.type() == ElementType.STRING || data.type() == ElementType.BOOL) {
            throw call.refusal("reduction " + reduction + " of " + data.type().label() + " is not defined");
        }
        int[] counts = new int[data.size()];
        for (int place : places) {
            counts[place]++;
        }
        int[] targets = targets(counts);
        int[][] rounds = rounds(places, targets, counts);
        Numbers sums = reduction.equals("add")
                ? summed(call, data, updates, targets, rounds)
                : folded(call, reduction, data, updates, targets, rounds);
        for (int i = 0; i < targets.length; i++) {
            source[targets[i]] = data.size() + i;
        }
        Numbers all = Numbers.join(List.of(data.numbers(), sums)).gather(source);
        return Value.of(data.type(), data.shape(), all);
    }

    /** Places that are written to, those with the most updates first. */
    private static int[] targets(int[] counts) {
        long[] keys = new long[counts.length];
        int n = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                keys[n++] = (long) -counts[i] << 32 | i;
            }
        }
        Arrays.sort(keys, 0, n);
        int[] targets = new int[n];
        for (int i = 0; i < n; i++) {
            targets[i] = (int) keys[i];
        }
        return targets;
    }

    /** By target its updates in order. */
    private static int[][] rounds(int[] places, int[] targets, int[] counts) {
        int[] rank = new int[counts.length];
        int[][] byTarget = new int[targets.length][];
        for (int i = 0; i < targets.length; i++) {
            rank[targets[i]] = i;
            byTarget[i] = new int[counts[targets[i]]];
        }
        int[] filled = new int[targets.length];
        for (int i = 0; i < places.length; i++) {
            int target = rank[places[i]];
            byTarget[target][filled[target]++] = i;
        }
        return byTarget;
    }

    /** Each target is the sum of what is there and its updates. */
    private static Numbers summed(Call call, Value data, Value updates, int[] targets, int[][] byTarget) {
        int[] starts = new int[targets.length + 1];
        for (int i = 0; i < targets.length; i++) {
            starts[i + 1] = starts[i] + 1 + byTarget[i].length;
        }
        int[] order = new int[starts[targets.length]];
        for (int i = 0; i < targets.length; i++) {
            order[starts[i]] = targets[i];
            for (int k = 0; k < byTarget[i].length; k++) {
                order[starts[i] + 1 + k] = data.size() + byTarget[i][k];
            }
        }
        Numbers addends =
                Numbers.join(List.of(data.numbers(), updates.numbers())).gather(order);
        return call.arithmetic().sums(addends, starts);
    }

    /** All first updates at once, then all second ones; targets that have no more are put aside. */
    private static Numbers folded(
            Call call, String reduction, Value data, Value updates, int[] targets, int[][] byTarget) {
        Binary function =
                switch (reduction) {
                    case "mul" -> Binary.MUL;
                    case "max" -> Binary.MAX;
                    default -> Binary.MIN;
                };
        Numbers given = updates.numbers();
        Numbers values = data.numbers().gather(targets);
        List<Numbers> aside = new ArrayList<>();
        int left = targets.length;
        for (int k = 0; left > 0; k++) {
            int more = left;
            while (more > 0 && byTarget[more - 1].length <= k) {
                more--;
            }
            if (more < left) {
                aside.add(0, values.gather(range(more, left)));
                values = values.gather(range(0, more));
                left = more;
            }
            int[] next = new int[left];
            for (int i = 0; i < left; i++) {
                next[i] = byTarget[i][k];
            }
            if (left > 0) {
                values = call.arithmetic().binary(function, values, given.gather(next));
            }
        }
        return aside.isEmpty() ? values : Numbers.join(aside);
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        Arrays.setAll(range, i -> from + i);
        return range;
    }
}
