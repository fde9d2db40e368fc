package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.LoadMeasure;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** What was measured: counts of the whole run, numbers of single cases, and what passing cases say. */
final class Measures {
    private static final int LONGEST = 300;

    /** Notes printed; a note that many cases give is printed once. */
    private static final int MOST_NOTES = 60;

    private final Subject subject;

    Measures(Subject subject) {
        this.subject = subject;
    }

    /** Counts that every case adds to, over the whole run. */
    List<Page.Group> totals() {
        SortedMap<String, Long> sums = new TreeMap<>();
        subject.evidence().cases().values().forEach(c -> c.finding().tallies().forEach((name, n) -> {
            if (MeasureNames.adds(name)) {
                sums.merge(name, n, Long::sum);
            }
        }));
        List<Page.Group> groups = new ArrayList<>();
        long here = sums.getOrDefault("nodes.provider", 0L);
        long elsewhere = sums.getOrDefault("nodes.elsewhere", 0L);
        List<Page.Fact> placement = new ArrayList<>();
        if (here + elsewhere > 0) {
            placement.add(new Page.Fact(
                    "Nodes that ran on the provider examined",
                    Numbers.grouped(here) + " of " + Numbers.grouped(here + elsewhere) + " ("
                            + Numbers.percent(here, here + elsewhere) + ")"));
        }
        placement.addAll(named(sums, "nodes.declared", "nodes.compiled-away", "nodes.unknown", "placement.untold"));
        groups.add(new Page.Group("Where nodes ran", placement, false));
        List<Page.Fact> others = sums.keySet().stream()
                .filter(name -> !name.startsWith("nodes.") && !name.startsWith("placement."))
                .flatMap(name -> named(sums, name).stream())
                .toList();
        groups.add(new Page.Group("Rejections and subnormal results", others, false));
        groups.add(new Page.Group(
                "Bounds that the profile sets",
                subject.inputs().profile().limits().entrySet().stream()
                        .map(l -> MeasureNames.bound(l.getKey(), l.getValue()))
                        .toList(),
                false));
        return groups.stream().filter(g -> !g.facts().isEmpty()).toList();
    }

    private static List<Page.Fact> named(SortedMap<String, Long> sums, String... names) {
        List<Page.Fact> facts = new ArrayList<>();
        for (String name : names) {
            Long sum = sums.get(name);
            if (sum != null) {
                facts.add(MeasureNames.fact(name, sum));
            }
        }
        return facts;
    }

    /** Cases with numbers of their own. */
    List<Page.Measured> cases() {
        return subject.evidence().cases().values().stream()
                .filter(Measures::measured)
                .map(Measures::measure)
                .toList();
    }

    private static boolean measured(CaseRecord done) {
        return done.measure().isPresent()
                || done.finding().tallies().keySet().stream().anyMatch(name -> !MeasureNames.adds(name));
    }

    private static Page.Measured measure(CaseRecord done) {
        List<Page.Fact> facts = new ArrayList<>();
        done.measure().ifPresent(m -> facts.addAll(load(m)));
        Finding finding = done.finding();
        finding.tallies().forEach((name, value) -> {
            boolean told = done.measure().isPresent() && MeasureNames.ofLoad(name);
            if (!told && !MeasureNames.adds(name) && !Confusion.cell(name)) {
                facts.add(MeasureNames.fact(name, value));
            }
        });
        return new Page.Measured(
                done.id(),
                Mark.of(finding.verdict()),
                Numbers.cut(Numbers.without(done.id(), finding.message()), LONGEST),
                facts,
                Confusion.of(finding.tallies()),
                done.line());
    }

    private static List<Page.Fact> load(LoadMeasure m) {
        return List.of(
                new Page.Fact("Queries (n)", Numbers.grouped(m.queries())),
                new Page.Fact("Time of the load (t)", Numbers.duration(m.totalNanos())),
                new Page.Fact("Latency p50", Numbers.duration(m.p50())),
                new Page.Fact("Latency p90", Numbers.duration(m.p90())),
                new Page.Fact("Latency p99", Numbers.duration(m.p99())),
                new Page.Fact("Longest latency", Numbers.duration(m.max())),
                new Page.Fact("Samples", Numbers.grouped(m.samples())),
                new Page.Fact("Samples a second", Numbers.short4(m.throughput())));
    }

    /** What passing cases without numbers of their own say, one line a text. */
    List<Page.Note> notes() {
        SortedMap<String, List<String>> byText = new TreeMap<>();
        subject.evidence().aggregates().forEach((id, finding) -> note(byText, id, finding));
        subject.evidence().cases().values().stream()
                .filter(c -> !measured(c))
                .forEach(c -> note(byText, c.id(), c.finding()));
        return byText.entrySet().stream()
                .map(e -> new Page.Note(
                        e.getKey(), e.getValue().get(0), e.getValue().size() - 1))
                .limit(MOST_NOTES)
                .toList();
    }

    private static void note(Map<String, List<String>> byText, String id, Finding finding) {
        if (finding.verdict() == Verdict.PASS && !finding.message().isEmpty()) {
            byText.computeIfAbsent(Numbers.cut(Numbers.without(id, finding.message()), LONGEST), t -> new ArrayList<>())
                    .add(id);
        }
    }
}
