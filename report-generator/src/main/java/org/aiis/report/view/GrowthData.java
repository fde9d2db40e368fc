package org.aiis.report.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.aiis.spec.codec.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Nodes for the script of the page, column by column; texts that repeat stand once and are named by number. A group is {@code
 * [name, number of the group around it]}. The name of a node that lies in its groups by its own name begins with a slash and
 * leaves the groups out; any other begins with =.
 */
final class GrowthData {
    private static final int LARGEST = 96 << 20;
    private static final int LONGEST = 300;

    private final List<GrowthPage.Node> nodes;
    private final Map<List<String>, Integer> groups = new LinkedHashMap<>();
    private final List<List<Object>> told = new ArrayList<>();

    private GrowthData(List<GrowthPage.Node> nodes) {
        this.nodes = nodes;
    }

    /** @throws InputException when the page would be too large to be opened */
    static Embedded of(GrowthPage page) {
        Map<String, Object> data = new GrowthData(page.nodes()).columns();
        page.trail().ifPresent(trail -> {
            data.put("source", trail.source());
            data.put("before", trail.before());
            data.put("path", trail.path());
        });
        Embedded embedded = Embedded.of(data);
        if (embedded.text().length() > LARGEST) {
            throw InputException.of(
                    "the page would hold more than " + (LARGEST >> 20) + " MiB of nodes", "leave --page out");
        }
        return embedded;
    }

    /** A text as a reader may see it, no longer than a row can hold. */
    static String shown(String text) {
        return EscapeReferences.shown(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }

    private Map<String, Object> columns() {
        Map<String, Object> data = new TreeMap<>();
        List<Integer> group = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Integer> reads = new ArrayList<>();
        List<Integer> readCounts = new ArrayList<>();
        StringBuilder verdicts = new StringBuilder();
        Map<String, String> messages = new TreeMap<>();
        Map<String, List<String>> fed = new TreeMap<>();
        Map<String, List<String>> gives = new TreeMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            GrowthPage.Node node = nodes.get(i);
            group.add(group(node.scope()));
            names.add(name(node));
            reads.addAll(node.reads());
            readCounts.add(node.reads().size());
            verdicts.append(node.verdict().map(m -> m.key().charAt(0)).orElse('-'));
            String at = Integer.toString(i);
            if (!node.message().isEmpty()) {
                messages.put(at, EscapeReferences.shown(Numbers.cut(node.message(), 1_000)));
            }
            put(fed, at, node.fed());
            put(gives, at, node.gives());
        }
        data.put("groups", told);
        data.put("group", group);
        data.put("names", names);
        data.put("reads", reads);
        data.put("readCounts", readCounts);
        data.put("verdicts", verdicts.toString());
        data.put("messages", messages);
        data.put("fed", fed);
        data.put("gives", gives);
        numbered(data, "operator", GrowthPage.Node::operator);
        numbered(data, "placed", GrowthPage.Node::placed);
        numbered(data, "makes", GrowthPage.Node::makes);
        data.put("own", column(n -> Ratios.number(n.own())));
        data.put("grown", column(n -> Ratios.number(n.grown())));
        data.put("share", column(n -> Ratios.number(n.share())));
        if (nodes.stream().anyMatch(n -> n.nanos().isPresent())) {
            data.put("nanos", column(n -> n.nanos().isPresent() ? n.nanos().getAsLong() : null));
        }
        return data;
    }

    private static void put(Map<String, List<String>> to, String at, List<String> names) {
        if (!names.isEmpty()) {
            to.put(at, names.stream().limit(20).map(GrowthData::shown).toList());
        }
    }

    /** A list that may hold nulls. */
    private List<@Nullable Object> column(Function<GrowthPage.Node, @Nullable Object> of) {
        List<@Nullable Object> column = new ArrayList<>();
        nodes.forEach(node -> column.add(of.apply(node)));
        return column;
    }

    private void numbered(Map<String, Object> data, String name, Function<GrowthPage.Node, String> of) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Integer> column = new ArrayList<>();
        for (GrowthPage.Node node : nodes) {
            column.add(numbers.computeIfAbsent(shown(of.apply(node)), t -> numbers.size()));
        }
        data.put(name, column);
        data.put(name + "s", List.copyOf(numbers.keySet()));
    }

    /** The number of a group, those around it made first; −1 where there is none. */
    private int group(List<String> scope) {
        if (scope.isEmpty()) {
            return -1;
        }
        Integer known = groups.get(scope);
        if (known != null) {
            return known;
        }
        int around = group(scope.subList(0, scope.size() - 1));
        int number = told.size();
        groups.put(List.copyOf(scope), number);
        told.add(List.of(shown(scope.get(scope.size() - 1)), around));
        return number;
    }

    private static String name(GrowthPage.Node node) {
        String before = node.scope().isEmpty() ? "/" : "/" + String.join("/", node.scope()) + "/";
        return node.name().startsWith(before) && node.name().length() > before.length()
                ? "/" + shown(node.name().substring(before.length()))
                : "=" + shown(node.name());
    }
}
