package org.aiis.report.certificate;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.bundle.Bundle;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Results;

/**
 * What both statements say about a run, taken from its results.
 *
 * @param evidence digest that the manifest ends in
 * @param decisionRule with its risk of a false accept (ISO/IEC 17025 §7.8.6)
 * @param waivers ids of the waivers used
 */
public record Claims(
        String suite,
        String standard,
        Results.ProfileRef profile,
        String profileDigest,
        Sut sut,
        String line,
        SortedMap<String, String> classes,
        List<String> waivers,
        List<String> deviations,
        int outOfScope,
        String decisionRule,
        String evidence,
        String chainHead) {
    /** Simple acceptance; what it risks is said, since nobody else will. */
    static final String DECISION_RULE =
            "simple acceptance: a case passes when its largest error is at most its limit, the limits holding the error"
                    + " bounds of right implementations; statistical measures are decided at 99 % confidence, so a false"
                    + " accept has a probability of at most 1 % a measure";

    public Claims {
        classes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        waivers = List.copyOf(waivers);
        deviations = List.copyOf(deviations);
    }

    static Claims of(Bundle bundle) {
        Results results = bundle.results();
        SortedMap<String, String> classes = new TreeMap<>();
        results.classes().forEach(c -> classes.put(c.id(), c.verdict().name()));
        return new Claims(
                results.suite(),
                results.status(),
                results.profile(),
                bundle.evidence().begin().digests().getOrDefault("profile", ""),
                results.sut(),
                results.line(),
                classes,
                results.waivers().stream()
                        .filter(w -> w.effect().equals("used"))
                        .map(Results.WaiverUse::id)
                        .toList(),
                results.deviations().stream().map(Results.DeviationUse::cases).toList(),
                results.outOfScope().size(),
                DECISION_RULE,
                bundle.manifest().digest(),
                bundle.manifest().chainHead());
    }
}
