package org.aiis.reference.operators.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The votes of the leaves that each sample of X [N, F] reaches, put together by target: Y [N, targets].
 *
 * <p>NaN goes the way that nodes_missing_value_tracks_true says, the false one if it is not given. Averages divide by the
 * number of trees. σ is the running error of the sums. Source: ONNX operator text of ai.onnx.ml 5.
 */
public final class TreeEnsemble implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:T")
                .type("T", Types.IEEE)
                .attribute(Attribute.of("aggregate_function", 1))
                .required("leaf_targetids", AttributeType.INTS)
                .required("leaf_weights", AttributeType.TENSOR)
                .optional("membership_values", AttributeType.TENSOR)
                .optional("n_targets", AttributeType.INT)
                .required("nodes_falseleafs", AttributeType.INTS)
                .required("nodes_falsenodeids", AttributeType.INTS)
                .required("nodes_featureids", AttributeType.INTS)
                .optional("nodes_hitrates", AttributeType.TENSOR)
                .optional("nodes_missing_value_tracks_true", AttributeType.INTS)
                .required("nodes_modes", AttributeType.TENSOR)
                .required("nodes_splits", AttributeType.TENSOR)
                .required("nodes_trueleafs", AttributeType.INTS)
                .required("nodes_truenodeids", AttributeType.INTS)
                .attribute(Attribute.of("post_transform", 0))
                .required("tree_roots", AttributeType.INTS);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Attributes attributes = call.attributes();
        if (x.shape().rank() != 2) {
            throw call.refusal("X has rank " + x.shape().rank() + ", must have rank 2");
        }
        long targets = attributes.has("n_targets") ? attributes.integer("n_targets") : 1;
        Shape shape = call.shape(x.shape().dim(0), targets);
        PostTransform transform = chosen(call, "post_transform", PostTransform.values());
        if (transform != PostTransform.NONE && x.type() != ElementType.FLOAT32) {
            throw call.refusal("the oracle transforms scores of float32 only");
        }
        Numbers scores = trees(call)
                .scores(
                        new Formula(call.arithmetic()),
                        Features.doubles(x.numbers()),
                        shape.dim(0),
                        x.shape().dim(1),
                        shape.dim(1),
                        chosen(call, "aggregate_function", Trees.Aggregate.values()));
        return List.of(Value.of(x.type(), shape, transform.of(call, scores, shape.dim(1))));
    }

    private static <E> E chosen(Call call, String name, E[] all) {
        long number = call.attributes().integer(name);
        if (number < 0 || number >= all.length) {
            throw call.refusal(name + " is " + number);
        }
        return all[(int) number];
    }

    private static Trees trees(Call call) {
        Attributes attributes = call.attributes();
        int[] features = ints(call, "nodes_featureids", -1);
        int nodes = features.length;
        double[] numbers = sized(call, "nodes_modes", Features.reals(attributes, "nodes_modes"), nodes);
        Trees.Mode[] modes = new Trees.Mode[nodes];
        for (int i = 0; i < nodes; i++) {
            if (numbers[i] < 0 || numbers[i] >= Trees.Mode.values().length) {
                throw call.refusal("a node has the mode " + numbers[i]);
            }
            modes[i] = List.of(Trees.Mode.values()).get((int) numbers[i]);
        }
        BitSet missing = new BitSet();
        if (attributes.has("nodes_missing_value_tracks_true")) {
            int[] tracks = ints(call, "nodes_missing_value_tracks_true", nodes);
            for (int i = 0; i < nodes; i++) {
                missing.set(i, tracks[i] != 0);
            }
        }
        double[] weights = Features.reals(attributes, "leaf_weights");
        int[] starts = new int[weights.length + 1];
        Arrays.setAll(starts, i -> i);
        return new Trees(
                call,
                ints(call, "tree_roots", -1),
                modes,
                features,
                sized(call, "nodes_splits", Features.reals(attributes, "nodes_splits"), nodes),
                members(call, modes),
                next(call, "nodes_truenodeids", "nodes_trueleafs", nodes),
                next(call, "nodes_falsenodeids", "nodes_falseleafs", nodes),
                missing,
                new Trees.Votes(starts, ints(call, "leaf_targetids", weights.length), weights));
    }

    private static int[] next(Call call, String ids, String leaves, int nodes) {
        int[] next = ints(call, ids, nodes);
        int[] leaf = ints(call, leaves, nodes);
        Arrays.setAll(next, i -> leaf[i] == 0 ? next[i] : ~next[i]);
        return next;
    }

    /** A list of numbers not below 0, of a length if it is not −1. */
    private static int[] ints(Call call, String name, int length) {
        long[] list = call.attributes().integers(name);
        if (length >= 0 && list.length != length) {
            throw call.refusal(name + " has " + list.length + " elements, must have " + length);
        }
        int[] ints = new int[list.length];
        for (int i = 0; i < ints.length; i++) {
            if (list[i] < 0 || list[i] >= Integer.MAX_VALUE) {
                throw call.refusal(name + " holds " + list[i]);
            }
            ints[i] = (int) list[i];
        }
        return ints;
    }

    private static double[] sized(Call call, String name, double[] list, int length) {
        if (list.length != length) {
            throw call.refusal(name + " has " + list.length + " elements, must have " + length);
        }
        return list;
    }

    /** The sets of the nodes that ask for membership, which stand one after the other, a NaN behind each. */
    private static double[][] members(Call call, Trees.Mode[] modes) {
        double[] all = call.attributes().has("membership_values")
                ? Features.reals(call.attributes(), "membership_values")
                : new double[0];
        List<double[]> sets = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length ? from < i : Double.isNaN(all[i])) {
                sets.add(Arrays.copyOfRange(all, from, i));
                from = i + 1;
            }
        }
        double[][] members = new double[modes.length][];
        int set = 0;
        for (int i = 0; i < modes.length; i++) {
            members[i] = new double[0];
            if (modes[i] == Trees.Mode.BRANCH_MEMBER) {
                if (set == sets.size()) {
                    throw call.refusal("membership_values has fewer sets than there are nodes that ask for one");
                }
                members[i] = sets.get(set++);
            }
        }
        return members;
    }
}
