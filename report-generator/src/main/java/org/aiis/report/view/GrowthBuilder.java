package org.aiis.report.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What the page about a model says, ready to print: the template only lays it out. */
final class GrowthBuilder {
    /** Steps of the way that are shown at its ends and around its source. */
    private static final int NEAR = 4;

    /** Steps that a fold of the way lists one by one. */
    private static final int MOST_FOLDED = 100;

    /** Wrong nodes that the chart marks. */
    private static final int MOST_MARKED = 200;

    /** Of where a node ran, in a table; the graph has all of it. */
    private static final int LONGEST_PLACE = 120;

    /** Nodes that are named as the slowest. */
    private static final int MOST_SLOW = 10;

    private final GrowthPage page;

    private GrowthBuilder(GrowthPage page) {
        this.page = page;
    }

    static GrowthLayout of(GrowthPage page) {
        return new GrowthBuilder(page).laid();
    }

    private GrowthLayout laid() {
        List<GrowthPage.Node> nodes = page.nodes();
        List<GrowthPage.Node> drawn =
                nodes.stream().filter(n -> !n.isConstant()).toList();
        List<GrowthPage.Node> wrong =
                drawn.stream().filter(GrowthBuilder::isWrong).limit(MOST_MARKED).toList();
        return new GrowthLayout(
                page,
                new GrowthChart(drawn, wrong).draw(),
                page.worst().stream().map(i -> row(i, "")).toList(),
                page.trail().map(this::way).orElse(List.of()),
                slowest().stream().map(i -> row(i, "")).toList(),
                nodes.size() - drawn.size(),
                nodes.stream().anyMatch(n -> n.nanos().isPresent()),
                GrowthData.of(page));
    }

    private GrowthLayout.Row row(int number, String role) {
        GrowthPage.Node node = page.nodes().get(number);
        return new GrowthLayout.Row(
                number,
                GrowthData.shown(node.name()),
                GrowthData.shown(node.operator()),
                role,
                Ratios.told(node.own()),
                isWrong(node) ? "over" : key(node.own()),
                node.grown().isEmpty() && node.own().isPresent() ? "not told" : Ratios.told(node.grown()),
                key(node.grown()),
                share(node.share()),
                node.placed().isEmpty()
                        ? "not told"
                        : GrowthData.shown(
                                node.placed().length() > LONGEST_PLACE
                                        ? node.placed().substring(0, LONGEST_PLACE) + "…"
                                        : node.placed()),
                time(node.nanos()),
                Numbers.cut(node.message(), 600),
                String.format(Locale.ROOT, "%.1f", Ratios.onScale(node.grown(), 100)),
                node.gives().stream().map(GrowthData::shown).toList());
    }

    /** Nodes that take the longest, those first. */
    private List<Integer> slowest() {
        return IntStream.range(0, page.nodes().size())
                .filter(i -> page.nodes().get(i).nanos().orElse(0) > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(
                                i -> -page.nodes().get(i).nanos().orElse(0))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_SLOW)
                .toList();
    }

    private static boolean isWrong(GrowthPage.Node node) {
        return node.verdict().filter(m -> m.key().equals("fail")).isPresent();
    }

    private static String key(OptionalDouble ratio) {
        return ratio.isEmpty() ? "unknown" : ratio.getAsDouble() > 1 ? "over" : "within";
    }

    private static String share(OptionalDouble share) {
        return share.isEmpty() ? "not told" : share.getAsDouble() == 0 ? "not at all" : Ratios.told(share);
    }

    private static String time(OptionalLong nanos) {
        return nanos.isEmpty()
                ? "not told"
                : nanos.getAsLong() == 0 ? "under 1 µs" : Numbers.duration(nanos.getAsLong());
    }

    /** The way in parts: what lies far from source and end is folded. */
    private List<GrowthLayout.Part> way(GrowthPage.Trail trail) {
        List<GrowthLayout.Part> parts = new ArrayList<>();
        List<Integer> before = trail.before();
        int far = Math.max(0, before.size() - NEAR);
        fold(before.subList(0, far), "before").ifPresent(parts::add);
        List<GrowthLayout.Row> near = new ArrayList<>(rows(before.subList(far, before.size()), "before"));
        near.add(row(trail.source(), "source"));
        List<Integer> rest = trail.path().subList(1, trail.path().size());
        boolean all = rest.size() <= 2 * NEAR + 1;
        near.addAll(rows(all ? rest : rest.subList(0, NEAR), "path"));
        parts.add(new GrowthLayout.Part("", near, 0));
        if (!all) {
            fold(rest.subList(NEAR, rest.size() - NEAR), "path").ifPresent(parts::add);
            parts.add(new GrowthLayout.Part("", rows(rest.subList(rest.size() - NEAR, rest.size()), "path"), 0));
        }
        return parts;
    }

    private List<GrowthLayout.Row> rows(List<Integer> nodes, String role) {
        return nodes.stream().map(i -> row(i, role)).toList();
    }

    private Optional<GrowthLayout.Part> fold(List<Integer> nodes, String role) {
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble largest = nodes.stream()
                .map(i -> page.nodes().get(i).grown())
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        String summary = Numbers.grouped(nodes.size()) + (nodes.size() == 1 ? " node" : " nodes")
                + " in between, at most " + Ratios.told(largest) + " of what is allowed";
        int shown = Math.min(MOST_FOLDED, nodes.size());
        return Optional.of(new GrowthLayout.Part(summary, rows(nodes.subList(0, shown), role), nodes.size() - shown));
    }
}
