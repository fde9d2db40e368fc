package org.aiis.report.rollup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Inputs;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Verdict;

/** Which findings prove which requirement, and which cases the run had to hold. */
public final class Proofs {
    private final Map<String, SortedMap<String, Finding>> byRequirement = new HashMap<>();
    private final Set<String> selectedRequirements = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();
    private final Set<String> incomplete = new TreeSet<>();
    private final Set<String> extra = new TreeSet<>();

    private Proofs() {}

    public static Proofs of(Standard standard, Inputs inputs, Evidence evidence, Rejudge rejudge) {
        Proofs proofs = new Proofs();
        List<String> selection = evidence.begin()
                .driven(rejudge.selection(
                        inputs.profile(),
                        inputs.ics(),
                        evidence.begin().grade(),
                        evidence.begin().select()));
        proofs.extra.addAll(evidence.cases().keySet());
        for (String id : selection) {
            proofs.selectedRequirements.addAll(rejudge.requirements(id));
            if (!proofs.extra.remove(id)) {
                proofs.missing.add(id);
                proofs.incomplete.addAll(rejudge.requirements(id));
            }
        }
        evidence.cases().forEach((id, done) -> {
            if (!proofs.extra.contains(id)) {
                rejudge.requirements(id).forEach(r -> proofs.add(r, id, done.finding()));
            }
        });
        evidence.aggregates().forEach((id, finding) -> proofs.add(aggregateRequirement(standard, id), id, finding));
        return proofs;
    }

    /** An aggregate is named by its requirement, or begins with its id as a case does. */
    private static String aggregateRequirement(Standard standard, String id) {
        int slash = id.indexOf('/');
        return slash < 0 || standard.find(id).map(Requirement::id).isPresent() ? id : id.substring(0, slash);
    }

    private void add(String requirement, String id, Finding finding) {
        byRequirement.computeIfAbsent(requirement, r -> new TreeMap<>()).put(id, finding);
    }

    /** Findings of a requirement by case id; a case judged not applicable proves nothing and is left out. */
    public SortedMap<String, Finding> executed(String requirement) {
        SortedMap<String, Finding> executed = new TreeMap<>(byRequirement.getOrDefault(requirement, new TreeMap<>()));
        executed.values().removeIf(f -> f.verdict() == Verdict.NOT_APPLICABLE);
        return executed;
    }

    /** Whether all cases of a requirement were judged, each as not applicable: it is about what the ICS does not claim. */
    boolean notApplicable(String requirement) {
        SortedMap<String, Finding> judged = byRequirement.getOrDefault(requirement, new TreeMap<>());
        return !judged.isEmpty()
                && !incomplete.contains(requirement)
                && executed(requirement).isEmpty();
    }

    /** Whether the run held, or had to hold, a case of the requirement. */
    boolean touches(String requirement) {
        return selectedRequirements.contains(requirement) || byRequirement.containsKey(requirement);
    }

    /** Selected cases that the evidence lacks. */
    public Set<String> missing() {
        return missing;
    }

    /** Cases of the evidence that were not selected. */
    public Set<String> extra() {
        return extra;
    }
}
