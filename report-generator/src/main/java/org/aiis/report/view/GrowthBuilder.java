package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the page about a model says, ready to print: the template only lays it out. */
final class GrowthBuilder {
    /** Steps of the way that are shown at its ends and around its source. */
    private static final int NEAR = 4;

    /** Steps that a fold of the way lists one by one. */
    private static final int MOST_FOLDED = 400;

    /** Wrong nodes that the chart marks. */
    private static final int MOST_MARKED = 200;

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
                Ratios.told(node.grown()),
                key(node.grown()),
                share(node.share()),
                GrowthData.shown(node.placed().isEmpty() ? "not told" : node.placed()),
                time(node.nanos()),
                Numbers.cut(node.message(), 600),
                String.format(Locale.ROOT, "%.1f", Ratios.onScale(node.grown(), 100)),
                node.gives().stream().map(GrowthData::shown).toList());
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
        return nanos.isPresent() ? Numbers.duration(nanos.getAsLong()) : "not told";
    }

    /** The way in parts: what lies far from source and end is folded. */
    private List<GrowthLayout.Part> way(GrowthPage.Trail trail) {
        List<GrowthLayout.Part> parts = new ArrayList<>();
        List<GrowthLayout.Row> before = rows(trail.before(), "before");
        List<GrowthLayout.Row> after = rows(trail.path(), "path");
        int far = Math.max(0, before.size() - NEAR);
        fold(before.subList(0, far)).ifPresent(parts::add);
        List<GrowthLayout.Row> near = new ArrayList<>(before.subList(far, before.size()));
        near.add(row(trail.source(), "source"));
        List<GrowthLayout.Row> rest = after.subList(1, after.size());
        boolean all = rest.size() <= 2 * NEAR + 1;
        near.addAll(all ? rest : rest.subList(0, NEAR));
        parts.add(new GrowthLayout.Part("", near, 0));
        if (!all) {
            fold(rest.subList(NEAR, rest.size() - NEAR)).ifPresent(parts::add);
            parts.add(new GrowthLayout.Part("", rest.subList(rest.size() - NEAR, rest.size()), 0));
        }
        return parts;
    }

    private List<GrowthLayout.Row> rows(List<Integer> nodes, String role) {
        return nodes.stream().map(i -> row(i, role)).toList();
    }

    private Optional<GrowthLayout.Part> fold(List<GrowthLayout.Row> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble largest = rows.stream()
                .map(r -> page.nodes().get(r.number()).grown())
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        String summary = Numbers.grouped(rows.size()) + (rows.size() == 1 ? " node" : " nodes")
                + " in between, at most " + Ratios.told(largest) + " of what is allowed";
        List<GrowthLayout.Row> shown = rows.subList(0, Math.min(MOST_FOLDED, rows.size()));
        return Optional.of(new GrowthLayout.Part(summary, shown, rows.size() - shown.size()));
    }
}
