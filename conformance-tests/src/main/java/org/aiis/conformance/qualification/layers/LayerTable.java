package org.aiis.conformance.qualification.layers;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.Codec;

/**
 * What the experiment gave: each way to calculate tanh or sigmoid, in each type.
 *
 * @param catalogue digest of the cases that judged
 * @param cases runs of layers that a way was judged on, all types together
 */
public record LayerTable(String catalogue, int cases, List<Line> lines) {
    public LayerTable {
        lines = List.copyOf(lines);
    }

    /**
     * One way in one type.
     *
     * @param is right where the operator Tanh or Sigmoid accepts it, else defect; limit where it is no calculation but an error
     *     of the size that the operator allows, put on each element: how far the clause is from granting that
     * @param share its largest error in units of that operator's limit
     * @param runs of layers that it was judged on
     * @param rejected of them, by what is granted to the function
     */
    public record Line(
            String function,
            String way,
            String type,
            String is,
            double share,
            int runs,
            SortedMap<String, Integer> rejected) {
        public Line {
            rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        }

        boolean right() {
            return is.equals("right");
        }

        boolean defect() {
            return is.equals("defect");
        }

        int rejected(Granted.Grant grant) {
            return java.util.Objects.requireNonNull(rejected.get(grant.name()));
        }
    }

    /** Runs of right ways that are rejected under a grant: the aim is none. */
    int rejected(Granted.Grant grant) {
        return lines.stream()
                .filter(Line::right)
                .mapToInt(l -> l.rejected(grant))
                .sum();
    }

    /** Defects × types that no run shows under a grant. */
    long missed(Granted.Grant grant) {
        return lines.stream().filter(l -> l.defect() && l.rejected(grant) == 0).count();
    }

    public boolean holds() {
        return rejected(Granted.Grant.CLAUSE) == 0;
    }

    public String toJson() {
        return Codec.pretty(this);
    }

    public void print(PrintWriter to) {
        to.println("function  way                   type      is      of its limit   runs   rejected under");
        to.println(
                "                                                                       two roundings   clause   five ulp");
        for (Line l : lines) {
            to.printf(
                    Locale.ROOT,
                    "%-9s %-21s %-9s %-7s %12.3g  %5d   %13d   %6d   %8d%n",
                    l.function(),
                    l.way(),
                    l.type(),
                    l.is(),
                    l.share(),
                    l.runs(),
                    l.rejected(Granted.Grant.TWO_ROUNDINGS),
                    l.rejected(Granted.Grant.CLAUSE),
                    l.rejected(Granted.Grant.FIVE_ULP));
        }
        long defects = lines.stream().filter(Line::defect).count();
        for (Granted.Grant grant : Granted.Grant.values()) {
            to.printf(
                    Locale.ROOT,
                    "%-14s %d runs of right ways rejected, %d of %d defects missed%n",
                    grant.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    rejected(grant),
                    missed(grant),
                    defects);
        }
    }
}
