package org.aiis.conformance.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.spec.standard.ConformanceClass;
import org.aiis.spec.standard.Level;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.TestCase;

/** Requirement ↔ case ↔ source line: the matrix that stands in {@code spec/traceability.md}, and what is wrong with it. */
public final class Traceability {
    private final Standard standard;
    private final Map<String, List<TestCase>> cases = new TreeMap<>();

    /** @param aggregates ids of the requirements that are judged over all cases */
    public Traceability(Standard standard, Stream<TestCase> catalogue, Set<String> aggregates) {
        this.standard = standard;
        catalogue.forEach(c -> c.requirements()
                .forEach(r -> cases.computeIfAbsent(r, id -> new ArrayList<>()).add(c)));
        aggregates.forEach(r -> cases.computeIfAbsent(r, id -> new ArrayList<>()));
        this.aggregates = new TreeSet<>(aggregates);
    }

    private final Set<String> aggregates;

    /** Each broken link in a sentence: dangling ids, a shall with neither case nor "untested:", both at once. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> known =
                standard.requirements().stream().map(Requirement::id).collect(Collectors.toSet());
        cases.forEach((id, proving) -> {
            if (!known.contains(id)) {
                problems.add("cases name " + id + ", which no chapter holds: " + origins(proving));
            }
        });
        for (Requirement r : standard.requirements()) {
            boolean proved = cases.containsKey(r.id());
            if (!proved && r.untested().isEmpty()) {
                problems.add(r.source() + ": " + r.id() + " (" + r.level().word()
                        + ") has neither case nor [untested: why]");
            }
            if (proved && r.untested().isPresent()) {
                problems.add(r.source() + ": " + r.id() + " says untested, yet has cases: "
                        + origins(cases.getOrDefault(r.id(), List.of())));
            }
        }
        return problems;
    }

    private static String origins(List<TestCase> proving) {
        return proving.stream().map(TestCase::origin).distinct().limit(3).collect(Collectors.joining(", "));
    }

    /** The matrix in Markdown. */
    public String render() {
        StringBuilder out = new StringBuilder("# Traceability\n\n> Status: ")
                .append(Standard.STATUS)
                .append(". Rendered from the chapters and the catalogue; CONTRIBUTING.md says how.\n\n");
        List<Requirement> all = standard.requirements();
        out.append(all.size())
                .append(" requirements, of which ")
                .append(all.stream().filter(r -> cases.containsKey(r.id())).count())
                .append(" are proved by cases and ")
                .append(all.stream().filter(r -> r.untested().isPresent()).count())
                .append(" say why they are not.\n");
        for (ConformanceClass c : standard.classes()) {
            out.append("\n## ").append(c.title()).append("\n\n");
            out.append("| requirement | level | cases quick / full | declared in | source |\n|---|---|---|---|---|\n");
            c.requirements().forEach(r -> row(out, r));
        }
        return out.toString();
    }

    private void row(StringBuilder out, Requirement r) {
        List<TestCase> proving = cases.getOrDefault(r.id(), List.of());
        long quick = proving.stream().filter(c -> c.grade() == Grade.QUICK).count();
        String count = aggregates.contains(r.id())
                ? "over all cases"
                : r.untested().isPresent() ? "untested" : quick + " / " + proving.size();
        out.append("| ")
                .append(r.id())
                .append(" | ")
                .append(r.level() == Level.SHALL ? "**shall**" : r.level().word())
                .append(" | ")
                .append(count)
                .append(" | ")
                .append(origins(proving))
                .append(" | ")
                .append(r.source())
                .append(" |\n");
    }
}
