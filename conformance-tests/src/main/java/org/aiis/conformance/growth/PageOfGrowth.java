package org.aiis.conformance.growth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.aiis.report.view.GrowthPage;
import org.aiis.report.view.Mark;
import org.aiis.report.view.Page;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** Says in words what was found of a model, for the page. */
public final class PageOfGrowth {
    private final Growth growth;
    private final Map<Integer, List<String>> gives = new HashMap<>();

    private PageOfGrowth(Growth growth) {
        this.growth = growth;
        growth.outputs().forEach(o -> o.node()
                .ifPresent(n -> gives.computeIfAbsent(n, i -> new ArrayList<>()).add(o.name())));
    }

    /**
     * The page.
     *
     * @param title name of the model
     * @param subject the system and the inputs
     * @param whole verdict on the outputs of the model as it is
     * @param more facts that the command knows
     * @param again arguments of the command, for what to do next
     */
    public static GrowthPage of(
            Growth growth, String title, String subject, Finding whole, List<Page.Fact> more, String again) {
        PageOfGrowth words = new PageOfGrowth(growth);
        List<Page.Fact> facts = new ArrayList<>(words.facts());
        facts.addAll(more);
        return new GrowthPage(
                title,
                subject,
                Mark.of(whole.verdict()),
                words.sentences(whole),
                facts,
                words.notes(whole),
                words.nodes(),
                growth.worst(),
                growth.trail().map(t -> new GrowthPage.Trail(t.source(), t.before(), t.path())),
                List.of(new Page.Command(
                        "Write the first wrong node, or the chain that is wrong together, as a model of its own:",
                        "aiis bisect " + again,
                        "")));
    }

    private List<GrowthPage.Node> nodes() {
        List<GrowthPage.Node> nodes = new ArrayList<>();
        for (int i = 0; i < growth.nodes().size(); i++) {
            Growth.Node node = growth.nodes().get(i);
            nodes.add(new GrowthPage.Node(
                    node.name(),
                    node.operator(),
                    node.reads(),
                    node.fed(),
                    gives.getOrDefault(i, List.of()),
                    node.scope(),
                    node.makes(),
                    node.local().map(f -> Mark.of(f.verdict())),
                    node.localError(),
                    node.accumulated(),
                    node.share(),
                    node.placed(),
                    node.nanos(),
                    node.local().map(f -> message(node, f)).orElse("")));
        }
        return nodes;
    }

    /** Without the name of the case before it, which is that of the node. */
    private static String message(Growth.Node node, Finding finding) {
        String mark = node.name() + ": ";
        int at = finding.message().indexOf(mark);
        return at < 0 ? finding.message() : finding.message().substring(at + mark.length());
    }

    private List<Page.Fact> facts() {
        long judged =
                growth.nodes().stream().filter(n -> n.localError().isPresent()).count();
        long wrong = growth.nodes().stream().filter(Growth.Node::isWrong).count();
        long nanos = growth.nodes().stream().mapToLong(n -> n.nanos().orElse(0)).sum();
        return List.of(
                new Page.Fact("nodes", count(growth.nodes().size())),
                new Page.Fact("judged by themselves", count(judged)),
                new Page.Fact("wrong by themselves", count(wrong)),
                new Page.Fact(
                        "run otherwise than they are written",
                        count(growth.looking().gone())),
                new Page.Fact(
                        "all nodes of a run, by the backend's own profile",
                        growth.timedRuns() == 0
                                ? "not told"
                                : String.format(Locale.ROOT, "%.3g ms", nanos / 1e6) + ", the median of "
                                        + growth.timedRuns() + " runs each"));
    }

    private List<String> sentences(Finding whole) {
        List<String> sentences = new ArrayList<>();
        if (!whole.message().isEmpty()) {
            sentences.add("On the model as it is: " + whole.message());
        }
        growth.trail().ifPresent(trail -> {
            Growth.Node source = growth.nodes().get(trail.source());
            String named = "node '" + source.name() + "' (" + source.operator() + ")";
            sentences.add(
                    switch (trail.kind()) {
                        case WRONG ->
                            "N" + named.substring(1)
                                    + " is the first that is wrong from the inputs that the backend itself gave it: its error is "
                                    + told(source.localError()) + " of what is allowed.";
                        case ADDED_UP ->
                            "No node is wrong by itself. At " + named
                                    + " the errors of the nodes before it first add up to more than is allowed: "
                                    + told(source.accumulated()) + " of it.";
                        case LARGEST ->
                            "No node is outside of what is allowed. The largest error of its own, "
                                    + told(source.localError()) + " of what is allowed, has " + named + ".";
                    });
            if (trail.kind() != ErrorTrail.Kind.LARGEST) {
                sentences.add(end(trail));
            }
        });
        return sentences;
    }

    /** What becomes of the error. */
    private String end(ErrorTrail trail) {
        int last = trail.path().get(trail.path().size() - 1);
        List<String> outputs = gives.getOrDefault(last, List.of());
        if (outputs.isEmpty()) {
            return "No output of the model depends on it.";
        }
        OptionalDouble error = growth.nodes().get(last).accumulated();
        return (trail.path().size() == 1
                        ? "It makes output '"
                        : "Over " + count(trail.path().size() - 1L)
                                + (trail.path().size() == 2 ? " node" : " nodes") + " the error reaches output '")
                + outputs.get(0) + "', which is off by " + told(error) + " of what is allowed there"
                + (error.orElse(2) <= 1 ? ": there it no longer shows." : ".");
    }

    private List<String> notes(Finding whole) {
        List<String> notes = new ArrayList<>();
        Growth.Looking looking = growth.looking();
        if (!looking.answered()) {
            notes.add("With every tensor among its outputs the model does not run: "
                    + looking.finding().message()
                    + ". Nothing was seen of the nodes; 'aiis bisect' cuts the model down instead.");
            return notes;
        }
        if (looking.parts() > 1) {
            notes.add("All tensors together are more than a backend is asked for at once. They were shown in "
                    + count(looking.parts())
                    + " runs, of neighbouring nodes each, so that every node was judged within one run;"
                    + " what is fused may differ from run to run.");
        }
        if (looking.silent() > 0) {
            notes.add(count(looking.silent()) + " of these runs did not answer; their nodes were not seen.");
        }
        if (looking.gone() > 0) {
            notes.add(count(looking.gone()) + (looking.gone() == 1 ? " node is" : " nodes are")
                    + " folded, eliminated or fused in the model as it is. Their tensors do not exist there; to be looked at they"
                    + " were made outputs, which keeps the backend from doing so.");
        }
        OptionalDouble exposed = looking.finding().verdict() == Verdict.INCONCLUSIVE
                ? OptionalDouble.empty()
                : OptionalDouble.of(looking.finding().worst().orElse(Double.POSITIVE_INFINITY));
        if (looking.same()) {
            notes.add("With every tensor among its outputs the model gives the same bits as without.");
        } else if (whole.verdict() == Verdict.FAIL && looking.finding().verdict() == Verdict.PASS) {
            notes.add(
                    "The fault goes away when the tensors in between are looked at: the outputs are then off by "
                            + told(exposed)
                            + " of what is allowed. The backend takes nodes together and gets that wrong; 'aiis bisect' names the chain.");
        } else {
            notes.add(
                    "With every tensor among its outputs the model gives other bits than without: its outputs are then off by "
                            + told(exposed)
                            + " of what is allowed. The figures of the nodes are those of the model with its tensors shown.");
        }
        long unseen = growth.nodes().stream().filter(n -> n.local().isEmpty()).count();
        if (unseen > 0) {
            notes.add(count(unseen) + (unseen == 1 ? " node was" : " nodes were")
                    + " not seen: what they make is no tensor, or did not come back.");
        }
        long held = growth.nodes().stream()
                .filter(n -> n.local().isPresent() && n.accumulated().isEmpty())
                .count();
        if (held > 0) {
            notes.add("Of " + count(held) + (held == 1 ? " node" : " nodes")
                    + " it is not told what they inherit: strings, shapes that differ from run to run, or more than the memory of the"
                    + " suite's process holds, which AIIS_HEAP=4g makes larger.");
        }
        return notes;
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String told(OptionalDouble ratio) {
        double value = ratio.orElse(Double.NaN);
        return ratio.isEmpty()
                ? "an unknown part"
                : Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, "%.3g", value);
    }
}
