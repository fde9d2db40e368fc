package org.aiis.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Shards;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Results;

/** Who, what, where and how: the facts around the verdicts. */
final class Facts {
    private static final String UNKNOWN = "not stated";

    private final Subject subject;
    private final SortedMap<String, String> environment;

    Facts(Subject subject) {
        this.subject = subject;
        this.environment = subject.evidence().described().environment();
    }

    List<Page.Fact> scope() {
        Results results = subject.results();
        Sut sut = results.sut();
        Entry.Begin begin = subject.evidence().begin();
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("System under test", sut.name() + " " + sut.version()));
        facts.add(new Page.Fact("Vendor", stated(sut.vendor())));
        facts.add(new Page.Fact("Execution provider", sut.provider() + " (backend " + sut.backend() + ")"));
        facts.add(new Page.Fact(
                "Profile",
                results.profile().id() + " " + results.profile().version() + ", "
                        + subject.inputs().profile().status().name().toLowerCase(Locale.ROOT)));
        facts.add(new Page.Fact("Grade", results.grade().word()));
        facts.add(new Page.Fact(
                "Accuracy asked / claimed",
                subject.inputs().profile().accuracy().word() + " / "
                        + subject.inputs().ics().accuracy().word()));
        facts.add(new Page.Fact("Standard", "AIIS " + subject.standard().edition() + ", " + results.status()));
        facts.add(new Page.Fact("Suite", results.suite()));
        facts.add(new Page.Fact("Run", run(begin)));
        facts.add(new Page.Fact("Laboratory", stated(environment.getOrDefault("laboratory", ""))));
        facts.add(new Page.Fact("Client", stated(environment.getOrDefault("client", ""))));
        begin.shard()
                .ifPresent(part -> facts.add(new Page.Fact("Part", part + " of a session, which says nothing alone")));
        Shards shards = subject.evidence().shards();
        if (!shards.merged().isEmpty()) {
            facts.add(new Page.Fact("Merged from", merged(shards)));
        }
        if (!begin.select().isEmpty()) {
            facts.add(new Page.Fact("Narrowed to", String.join(" ", begin.select())));
        }
        return facts;
    }

    private static String merged(Shards shards) {
        List<String> differences = shards.differences();
        return shards.merged().size() + " parts, " + shards.common().size() + " cases common to all; "
                + (differences.isEmpty()
                        ? "their machines do not differ in what is known of them"
                        : "their machines differ in " + String.join(" · ", differences));
    }

    private String run(Entry.Begin begin) {
        String from = day(begin.at());
        String end = subject.evidence()
                .end()
                .map(e -> " to " + (day(e.at()).equals(from) ? "" : day(e.at()) + " ") + time(e.at()) + " UTC")
                .orElse(" UTC, not ended");
        int resumed = subject.evidence().resumed().size();
        return from + " " + time(begin.at()) + end
                + (resumed == 0 ? "" : ", resumed " + resumed + (resumed == 1 ? " time" : " times"));
    }

    private static String day(String instant) {
        return instant.replaceFirst("T.*", "");
    }

    private static String time(String instant) {
        return instant.replaceFirst(".*T", "").replaceFirst("Z$", "");
    }

    private static String stated(String value) {
        return value.isBlank() ? UNKNOWN : value;
    }

    List<Page.Group> environment() {
        List<Page.Group> groups = new ArrayList<>();
        groups.add(new Page.Group("Settings requested", requested(), false));
        groups.add(new Page.Group("Settings in effect, device and driver", facts(effective()), false));
        groups.add(new Page.Group("Machine", facts(environment), false));
        groups.add(new Page.Group(
                "Libraries loaded (SHA-256)", facts(subject.results().sut().libraries()), true));
        SortedMap<String, String> judged =
                new TreeMap<>(subject.evidence().begin().digests());
        groups.add(new Page.Group("Judged by (SHA-256)", facts(judged), true));
        return groups.stream().filter(g -> !g.facts().isEmpty()).toList();
    }

    private List<Page.Fact> requested() {
        Ics ics = subject.inputs().ics();
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("seed", Long.toString(subject.evidence().begin().seed())));
        facts.add(new Page.Fact("workers", Integer.toString(ics.ixit().workers())));
        facts.add(new Page.Fact("time for a step", ics.ixit().timeoutSeconds() + " s"));
        facts.addAll(facts(ics.ixit().options()));
        addIfAny(facts, "precision modes", ics.precisionModes());
        addIfAny(
                facts,
                "subnormals flushed",
                ics.flushesSubnormals().stream().map(t -> t.label()).toList());
        addIfAny(facts, "determinism claimed", ics.determinism());
        addIfAny(facts, "claimed of sessions", ics.sessions());
        addIfAny(facts, "fallback declared", ics.fallback());
        return facts;
    }

    private static void addIfAny(List<Page.Fact> facts, String name, List<String> values) {
        if (!values.isEmpty()) {
            facts.add(new Page.Fact(name, String.join(", ", values)));
        }
    }

    private SortedMap<String, String> effective() {
        SortedMap<String, String> effective =
                new TreeMap<>(subject.results().sut().properties());
        SortedMap<String, SortedSet<String>> ofLoads = new TreeMap<>();
        for (CaseRecord done : subject.evidence().cases().values()) {
            done.measure().ifPresent(m -> m.effective()
                    .forEach((name, value) ->
                            ofLoads.computeIfAbsent(name, n -> new TreeSet<>()).add(value)));
        }
        ofLoads.forEach((name, values) -> effective.put(name + " (loads)", String.join(", ", values)));
        return effective;
    }

    private static List<Page.Fact> facts(SortedMap<String, String> values) {
        return values.entrySet().stream()
                .map(e -> new Page.Fact(e.getKey(), Numbers.cut(e.getValue(), 400)))
                .toList();
    }
}
