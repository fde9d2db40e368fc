package org.aiis.reference.operators.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * The form of trees that TreeEnsembleClassifier and TreeEnsembleRegressor share: leaves are nodes, nodes have a tree and a
 * number in it, and votes name the leaf that they are of. A tree begins at the node that comes first.
 */
final class OldTrees {
    private OldTrees() {}

    static Signature declared(Signature signature, String votes, String targets, int version) {
        Signature all = signature
                .optional("base_values", AttributeType.FLOATS)
                .optional("nodes_falsenodeids", AttributeType.INTS)
                .optional("nodes_featureids", AttributeType.INTS)
                .optional("nodes_hitrates", AttributeType.FLOATS)
                .optional("nodes_missing_value_tracks_true", AttributeType.INTS)
                .optional("nodes_modes", AttributeType.STRINGS)
                .optional("nodes_nodeids", AttributeType.INTS)
                .optional("nodes_treeids", AttributeType.INTS)
                .optional("nodes_truenodeids", AttributeType.INTS)
                .optional("nodes_values", AttributeType.FLOATS)
                .words(Attribute.of("post_transform", "NONE"), PostTransform.words())
                .optional(targets, AttributeType.INTS)
                .optional(votes + "_nodeids", AttributeType.INTS)
                .optional(votes + "_treeids", AttributeType.INTS)
                .optional(votes + "_weights", AttributeType.FLOATS);
        return version < 3
                ? all
                : all.optional("base_values_as_tensor", AttributeType.TENSOR)
                        .optional("nodes_hitrates_as_tensor", AttributeType.TENSOR)
                        .optional("nodes_values_as_tensor", AttributeType.TENSOR)
                        .optional(votes + "_weights_as_tensor", AttributeType.TENSOR);
    }

    /** Scores of each sample and target, base values added. */
    static Numbers scores(Call call, String votes, String targets, int count, Trees.Aggregate aggregate) {
        Value input = call.input(0);
        if (input.shape().rank() != 2) {
            throw call.refusal("X has rank " + input.shape().rank() + ", must have rank 2");
        }
        int samples = input.shape().dim(0);
        Formula f = Features.formula(call);
        Numbers scores = read(call, votes, targets)
                .scores(
                        f,
                        Features.doubles(input.numbers()),
                        samples,
                        input.shape().dim(1),
                        count,
                        aggregate);
        double[] base = Features.floatsOrTensor(call.attributes(), "base_values");
        if (base.length == 0) {
            return scores;
        }
        if (base.length != count) {
            throw call.refusal(base.length + " base values for " + count + " scores");
        }
        return f.plus(scores, Features.repeated(base, samples));
    }

    private static Trees read(Call call, String votes, String targets) {
        Attributes attributes = call.attributes();
        long[] trees = Features.integers(attributes, "nodes_treeids");
        int nodes = trees.length;
        long[] ids = sized(call, "nodes_nodeids", nodes);
        Map<List<Long>, Integer> places = new HashMap<>();
        Map<Long, Integer> roots = new HashMap<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            if (places.put(List.of(trees[i], ids[i]), i) != null) {
                throw call.refusal("node " + ids[i] + " of tree " + trees[i] + " is there twice");
            }
            if (roots.putIfAbsent(trees[i], i) == null) {
                order.add(i);
            }
        }
        List<String> words = Features.strings(attributes, "nodes_modes");
        long[] features = sized(call, "nodes_featureids", nodes);
        double[] splits = Features.floatsOrTensor(attributes, "nodes_values");
        if (words.size() != nodes || splits.length != nodes) {
            throw call.refusal("the lists nodes_… are of unequal length");
        }
        Trees.Mode[] modes = new Trees.Mode[nodes];
        int[] feature = new int[nodes];
        BitSet leaves = new BitSet();
        for (int i = 0; i < nodes; i++) {
            leaves.set(i, words.get(i).equals("LEAF"));
            modes[i] = leaves.get(i) ? Trees.Mode.BRANCH_LEQ : mode(call, words.get(i));
            feature[i] = (int) Math.max(-1, Math.min(features[i], Integer.MAX_VALUE));
        }
        BitSet missing = new BitSet();
        long[] tracks = Features.integers(attributes, "nodes_missing_value_tracks_true");
        for (int i = 0; i < Math.min(nodes, tracks.length); i++) {
            missing.set(i, tracks[i] != 0);
        }
        return new Trees(
                call,
                order.stream().mapToInt(i -> leaves.get(i) ? ~i : i).toArray(),
                modes,
                feature,
                splits,
                new double[nodes][0],
                next(call, "nodes_truenodeids", trees, leaves, places),
                next(call, "nodes_falsenodeids", trees, leaves, places),
                missing,
                votes(call, votes, targets, places, nodes));
    }

    private static Trees.Mode mode(Call call, String word) {
        return Arrays.stream(Trees.Mode.values())
                .filter(m -> m.name().equals(word) && m != Trees.Mode.BRANCH_MEMBER)
                .findFirst()
                .orElseThrow(() -> call.refusal("a node has the mode '" + word + "'"));
    }

    private static long[] sized(Call call, String name, int length) {
        long[] list = Features.integers(call.attributes(), name);
        if (list.length != length) {
            throw call.refusal(name + " has " + list.length + " elements, must have " + length);
        }
        return list;
    }

    private static int[] next(Call call, String name, long[] trees, BitSet leaves, Map<List<Long>, Integer> places) {
        long[] ids = sized(call, name, trees.length);
        int[] next = new int[ids.length];
        for (int i = 0; i < next.length; i++) {
            Integer place = places.get(List.of(trees[i], ids[i]));
            if (place == null && !leaves.get(i)) {
                throw call.refusal("tree " + trees[i] + " has no node " + ids[i]);
            }
            next[i] = place == null ? 0 : leaves.get(place) ? ~place : place;
        }
        return next;
    }

    /** The votes by leaf, in the order in which they are listed. */
    private static Trees.Votes votes(
            Call call, String prefix, String targets, Map<List<Long>, Integer> places, int nodes) {
        double[] weights = Features.floatsOrTensor(call.attributes(), prefix + "_weights");
        long[] trees = sized(call, prefix + "_treeids", weights.length);
        long[] ids = sized(call, prefix + "_nodeids", weights.length);
        long[] target = sized(call, targets, weights.length);
        int[] starts = new int[nodes + 1];
        int[] leaf = new int[weights.length];
        for (int i = 0; i < leaf.length; i++) {
            Integer place = places.get(List.of(trees[i], ids[i]));
            if (place == null) {
                throw call.refusal("a vote is of node " + ids[i] + " of tree " + trees[i] + ", which is not there");
            }
            leaf[i] = place;
            starts[place + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] next = starts.clone();
        int[] sortedTargets = new int[leaf.length];
        double[] sortedWeights = new double[leaf.length];
        for (int i = 0; i < leaf.length; i++) {
            int at = next[leaf[i]]++;
            sortedTargets[at] = (int) Math.max(-1, Math.min(target[i], Integer.MAX_VALUE));
            sortedWeights[at] = weights[i];
        }
        return new Trees.Votes(starts, sortedTargets, sortedWeights);
    }
}
