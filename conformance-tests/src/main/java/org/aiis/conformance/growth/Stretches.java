package org.aiis.conformance.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aiis.conformance.bisect.Anatomy;
import org.aiis.onnx.NodeProto;

/**
 * Stretches of a graph without names, cut where the fewest tensors are read across the cut: between the blocks of a network, and
 * not within a chain or a branch, as far as their sizes allow.
 */
final class Stretches {
    /** Nodes of a stretch that is not cut again. */
    private static final int SMALL = 30;

    private static final int MOST_PIECES = 16;
    private static final int WANTED = 20;

    private final List<NodeProto> nodes;
    /** Tensors that are read across the end of a node's turn. */
    private final int[] crossing;

    private final List<List<String>> scopes = new ArrayList<>();

    private Stretches(List<NodeProto> nodes, Map<String, Integer> maker) {
        this.nodes = nodes;
        this.crossing = new int[nodes.size()];
        int[] last = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            scopes.add(new ArrayList<>());
            for (String name : Anatomy.reads(nodes.get(i))) {
                Integer from = maker.get(name);
                if (from != null) {
                    last[from] = i;
                }
            }
        }
        int[] change = new int[nodes.size() + 1];
        for (int i = 0; i < nodes.size(); i++) {
            if (!isConstant(i) && last[i] > i) {
                change[i]++;
                change[last[i]]--;
            }
        }
        int open = 0;
        for (int i = 0; i < nodes.size(); i++) {
            open += change[i];
            crossing[i] = open;
        }
    }

    static List<List<String>> of(List<NodeProto> nodes, Map<String, Integer> maker) {
        Stretches stretches = new Stretches(nodes, maker);
        stretches.cut(0, nodes.size());
        return stretches.scopes;
    }

    private boolean isConstant(int i) {
        return nodes.get(i).getOpType().equals("Constant");
    }

    private void cut(int from, int to) {
        int size = to - from;
        if (size <= SMALL) {
            return;
        }
        int wanted = size / Math.min(MOST_PIECES, (size + WANTED - 1) / WANTED);
        for (int start = from; start < to; ) {
            int end = to - start <= wanted * 3 / 2 ? to : narrowest(start + wanted, wanted / 2) + 1;
            String name = name(start, end);
            for (int i = start; i < end; i++) {
                scopes.get(i).add(name);
            }
            cut(start, end);
            start = end;
        }
    }

    /** The node behind which the fewest tensors cross, the nearest of them. */
    private int narrowest(int middle, int around) {
        int best = middle;
        for (int off = 0; off <= around; off++) {
            for (int i : new int[] {middle - off, middle + off}) {
                if (i < nodes.size() - 1 && crossing[i] < crossing[best]) {
                    best = i;
                }
            }
        }
        return best;
    }

    private String name(int from, int to) {
        List<String> operators = nodes.subList(from, to).stream()
                .map(NodeProto::getOpType)
                .filter(o -> !o.equals("Constant"))
                .toList();
        String what = operators.isEmpty()
                ? "Constant"
                : operators.get(0) + (operators.size() == 1 ? "" : " … " + operators.get(operators.size() - 1));
        return "nodes " + (from + 1) + " to " + to + ": " + what;
    }
}
