package org.aiis.reference.operators.learning;

import java.util.Arrays;
import java.util.BitSet;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Formula;

/**
 * Decision trees: inner nodes that compare a feature with a number, and leaves that vote for targets.
 */
final class Trees {
    private final Call call;
    private final int[] roots;
    /** Of each inner node. */
    private final Mode[] modes;

    private final int[] features;
    private final double[] splits;
    /** Of the sets of the nodes with the mode MEMBER. */
    private final double[][] members;
    /** What comes next where the comparison holds: a node, or the complement of a leaf. */
    private final int[] onTrue;
    /** The same where it does not. */
    private final int[] onFalse;
    /** Nodes at which NaN goes the way of a comparison that holds; at others it goes the other way. */
    private final BitSet missing;

    private final Votes votes;

    Trees(
            Call call,
            int[] roots,
            Mode[] modes,
            int[] features,
            double[] splits,
            double[][] members,
            int[] onTrue,
            int[] onFalse,
            BitSet missing,
            Votes votes) {
        this.call = call;
        this.roots = roots;
        this.modes = modes;
        this.features = features;
        this.splits = splits;
        this.members = members;
        this.onTrue = onTrue;
        this.onFalse = onFalse;
        this.missing = missing;
        this.votes = votes;
    }

    /** What a node asks of a feature, in the order of their numbers in TreeEnsemble. */
    enum Mode {
        BRANCH_LEQ,
        BRANCH_LT,
        BRANCH_GTE,
        BRANCH_GT,
        BRANCH_EQ,
        BRANCH_NEQ,
        BRANCH_MEMBER;

        boolean holds(double x, double split, double[] members) {
            return switch (this) {
                case BRANCH_LEQ -> x <= split;
                case BRANCH_LT -> x < split;
                case BRANCH_GTE -> x >= split;
                case BRANCH_GT -> x > split;
                case BRANCH_EQ -> x == split;
                case BRANCH_NEQ -> x != split;
                case BRANCH_MEMBER -> Arrays.stream(members).anyMatch(m -> m == x);
            };
        }
    }

    /** How the votes for a target become its score, in the order of their numbers in TreeEnsemble. */
    enum Aggregate {
        AVERAGE,
        SUM,
        MIN,
        MAX
    }

    /** The votes of each leaf: those from {@code starts[leaf]} to before {@code starts[leaf + 1]}. */
    static final class Votes {
        private final int[] starts;
        private final int[] targets;
        private final double[] weights;

        Votes(int[] starts, int[] targets, double[] weights) {
            this.starts = starts;
            this.targets = targets;
            this.weights = weights;
        }
    }

    /** Scores [samples, targets] of x [samples, features]. */
    Numbers scores(Formula f, double[] x, int samples, int width, int targets, Aggregate aggregate) {
        call.spend((long) samples * roots.length + 1);
        int[][] leaves = new int[samples][roots.length];
        int[] counts = new int[call.shape(samples, targets).size() + 1];
        for (int s = 0; s < samples; s++) {
            for (int tree = 0; tree < roots.length; tree++) {
                int leaf = leaf(roots[tree], x, s * width, width);
                leaves[s][tree] = leaf;
                for (int v = votes.starts[leaf]; v < votes.starts[leaf + 1]; v++) {
                    counts[s * targets + target(v, targets) + 1]++;
                }
            }
        }
        for (int i = 1; i < counts.length; i++) {
            counts[i] += counts[i - 1];
        }
        double[] weights = new double[call.shape(counts[counts.length - 1]).size()];
        int[] next = counts.clone();
        for (int s = 0; s < samples; s++) {
            for (int leaf : leaves[s]) {
                for (int v = votes.starts[leaf]; v < votes.starts[leaf + 1]; v++) {
                    weights[next[s * targets + votes.targets[v]]++] = votes.weights[v];
                }
            }
        }
        return aggregated(f, Reals.own(weights), counts, aggregate);
    }

    private int target(int vote, int targets) {
        int target = votes.targets[vote];
        if (target < 0 || target >= targets) {
            throw call.refusal("a leaf votes for target " + target + " of " + targets);
        }
        return target;
    }

    private Numbers aggregated(Formula f, Reals weights, int[] starts, Aggregate aggregate) {
        Arithmetic arithmetic = f.arithmetic();
        if (aggregate == Aggregate.SUM || aggregate == Aggregate.AVERAGE) {
            Numbers sums = arithmetic.sums(weights, starts);
            return aggregate == Aggregate.SUM ? sums : f.over(sums, roots.length);
        }
        int[] identity = new int[weights.size()];
        Arrays.setAll(identity, i -> i);
        for (int i = 0; i + 1 < starts.length; i++) {
            if (starts[i] == starts[i + 1]) {
                throw call.refusal("no leaf votes for a target, which then has no least and no greatest vote");
            }
        }
        Relation relation = aggregate == Aggregate.MIN ? Relation.LESS : Relation.GREATER;
        return weights.gather(Extremes.places(arithmetic, relation, weights, identity, starts));
    }

    private int leaf(int root, double[] x, int from, int width) {
        int node = root;
        int steps = 0;
        while (node >= 0) {
            if (node >= modes.length || features[node] < 0 || features[node] >= width || steps++ > modes.length) {
                throw call.refusal("the trees name a node or feature that is not there, or run in a circle");
            }
            call.spend(1 + members[node].length);
            double value = x[from + features[node]];
            boolean holds =
                    Double.isNaN(value) ? missing.get(node) : modes[node].holds(value, splits[node], members[node]);
            node = holds ? onTrue[node] : onFalse[node];
        }
        if (~node >= votes.starts.length - 1) {
            throw call.refusal("the trees name a leaf that is not there");
        }
        return ~node;
    }
}
