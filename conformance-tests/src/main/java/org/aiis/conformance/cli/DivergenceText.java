package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aiis.conformance.check.Divergence;
import org.aiis.conformance.check.Report;
import org.aiis.report.diff.Apart;
import org.aiis.spec.testing.Verdict;

/** Several systems on one model, for a person. */
record DivergenceText(PrintWriter console) {
    private static final int LONGEST = 200;

    void print(Divergence divergence) {
        console.println("model     " + divergence.nodes() + " nodes");
        divergence.notes().forEach(note -> console.println("note      " + note));
        if (!divergence.unknown().isEmpty()) {
            console.println("oracle    does not know " + divergence.unknown().size() + " nodes, the first "
                    + divergence.unknown().get(0)
                    + divergence
                            .reference()
                            .map(system -> "; " + system + " ran them in its place")
                            .orElse("; name a system that does with --reference"));
        }
        Divergence.One first = divergence.systems().get(0);
        for (int i = 0; i < divergence.systems().size(); i++) {
            Divergence.One one = divergence.systems().get(i);
            console.println(String.format(Locale.ROOT, "%-9s ", Integer.toString(i + 1))
                    + one.sut().name() + " " + one.sut().version() + ", "
                    + one.sut().provider() + " (" + one.backend() + ")");
            one.sets().forEach(set -> system(one, set));
            if (i > 0) {
                against(first, one);
            }
        }
        console.println("suite     "
                + told(divergence.suiteMiB().isPresent(), divergence.suiteMiB().orElse(0)));
    }

    private void system(Divergence.One one, Report.DataSet set) {
        String message = set.finding().message();
        console.println("          " + set.name() + ": " + set.finding().verdict()
                + set.finding().reason().map(r -> " (" + r + ")").orElse("")
                + set.outputs().stream()
                        .max((a, b) -> Double.compare(a.worst(), b.worst()))
                        .map(o -> ", " + number(o.worst()) + " of what is allowed")
                        .orElse("")
                + set.latency()
                        .map(l -> String.format(Locale.ROOT, ", %.3g ms in the middle", l.median()))
                        .orElse("")
                + ", " + told(one.workerMiB().isPresent(), one.workerMiB().orElse(0))
                + set.steady()
                        .runs()
                        .filter(same -> !same)
                        .map(no -> ", a second run gave other bits")
                        .orElse("")
                + (set.finding().verdict() == Verdict.PASS || message.isEmpty() ? "" : "  " + cut(message)));
    }

    private void against(Divergence.One first, Divergence.One one) {
        one.against()
                .forEach((set, outputs) -> outputs.forEach(o -> console.println(
                        "          " + (one.against().size() > 1 ? set + ": " : "") + o.name() + ": " + told(o))));
        for (int i = 0; i < one.sets().size(); i++) {
            String there = placement(first.sets().get(i));
            String here = placement(one.sets().get(i));
            if (!there.equals(here)) {
                console.println("          nodes ran: " + there + " there; " + here + " here");
            }
        }
        boolean same = one.against().values().stream().flatMap(List::stream).allMatch(o -> o.apart()
                .same());
        one.parting().ifPresent(parting -> parting(parting, same));
    }

    private static String told(Divergence.Output output) {
        Apart apart = output.apart();
        if (apart.same()) {
            return "the same bits";
        }
        if (!apart.unlike().isEmpty()) {
            return apart.unlike();
        }
        return apart(apart)
                + output.limits()
                        .map(l -> ", " + number(l) + " of what is allowed")
                        .orElse("")
                + (output.closer().isEmpty()
                        ? ""
                        : "; " + output.closer() + " is closer to the oracle ("
                                + number(output.errorFirst().orElse(0.0)) + " there, "
                                + number(output.errorHere().orElse(0.0)) + " here)");
    }

    private static String apart(Apart apart) {
        return apart.differing() + " of " + apart.elements() + " elements differ, by "
                + BundleDiffText.steps(apart.steps(), apart.unit())
                + String.format(Locale.ROOT, ", %.3g, relative %.3g at most", apart.absolute(), apart.relative())
                + (apart.zeroSigns() > 0 ? ", " + apart.zeroSigns() + " zeros of the other sign" : "")
                + (apart.special() > 0 ? ", " + apart.special() + " NaN or infinite in one alone" : "");
    }

    /** What differs only while no tensor in between is asked for differs by what is taken together. */
    private void parting(Divergence.Parting parting, boolean same) {
        if (!parting.remark().isEmpty()) {
            console.println("          nodes: " + parting.remark());
            return;
        }
        console.println("          nodes: " + parting.parted() + " of " + parting.compared() + " gave other bits"
                + (same ? "" : ", with every tensor among the outputs")
                + (same || parting.parted() > 0 || parting.compared() == 0
                        ? ""
                        : ": what differs comes of nodes that are taken together"));
        node("first", parting.first());
        node("most", parting.most());
    }

    private void node(String which, Optional<Divergence.Node> node) {
        node.ifPresent(n -> console.println("          " + which + " " + n.name() + " (" + n.operator() + "): "
                + (n.apart().unlike().isEmpty()
                        ? apart(n.apart())
                                + String.format(
                                        Locale.ROOT,
                                        ", %.3g of its largest element",
                                        n.apart().share())
                        : n.apart().unlike())));
    }

    private static String placement(Report.DataSet set) {
        return set.placement().isEmpty()
                ? "not told"
                : set.placement().entrySet().stream()
                        .map(DivergenceText::counted)
                        .collect(Collectors.joining(", "));
    }

    private static String counted(Map.Entry<String, List<String>> where) {
        return where.getValue().size() + " " + where.getKey();
    }

    private static String told(boolean known, long mebibytes) {
        return known ? "memory " + mebibytes + " MiB at most" : "memory not told";
    }

    private static String number(double value) {
        return value == Double.MAX_VALUE ? "infinitely much" : String.format(Locale.ROOT, "%.3g", value);
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
