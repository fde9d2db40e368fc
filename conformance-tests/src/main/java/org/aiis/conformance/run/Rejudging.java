package org.aiis.conformance.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.conformance.judge.Aggregates;
import org.aiis.conformance.judge.Drift;
import org.aiis.conformance.scheme.Selection;
import org.aiis.conformance.vectors.Reproduction;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Verdict;

/** Makes verdicts again for the verifier: the suite without a backend. */
public final class Rejudging implements Rejudge {
    private final Suite suite;

    public Rejudging(Suite suite) {
        this.suite = suite;
    }

    @Override
    public Map<String, String> digests() {
        return suite.digests();
    }

    @Override
    public List<String> selection(Profile profile, Ics ics, Grade grade, List<String> globs) {
        return Selection.cases(suite.catalogue().cases(globs), suite.standard(), profile, ics, grade, globs).stream()
                .map(TestCase::id)
                .toList();
    }

    @Override
    public Optional<String> stimulusDigest(String caseId) {
        return suite.catalogue().find(caseId).map(c -> c.stimulus().get().digest());
    }

    @Override
    public List<String> requirements(String caseId) {
        return suite.catalogue().find(caseId).map(TestCase::requirements).orElse(List.of());
    }

    @Override
    public Contents contents(String caseId) {
        return suite.catalogue()
                .find(caseId)
                .map(found -> Ingredients.of(found.stimulus().get()))
                .orElseGet(() -> Rejudge.super.contents(caseId));
    }

    @Override
    public Finding judge(String caseId, Observation observation, Profile profile, Ics ics) {
        TestCase found =
                suite.catalogue().find(caseId).orElseThrow(() -> new IllegalArgumentException("no case " + caseId));
        return suite.judge().judge(found, observation, Selection.terms(profile, ics));
    }

    @Override
    public OptionalDouble apart(String caseId, Observation one, Observation other, Profile profile, Ics ics) {
        return suite.catalogue()
                .find(caseId)
                .map(found -> new Drift(suite.oracle(), suite.standard())
                        .between(found, one, other, Selection.terms(profile, ics)))
                .orElse(OptionalDouble.empty());
    }

    @Override
    public Map<String, Bytes> reproduction(
            String caseId, Finding finding, List<String> after, Profile profile, Ics ics) {
        List<TestCase> before = after.stream()
                .flatMap(id -> suite.catalogue().find(id).stream())
                .toList();
        return suite.catalogue()
                .find(caseId)
                .<Map<String, Bytes>>map(found -> Reproduction.of(
                        found, finding, before, suite.standard(), suite.oracle(), Selection.terms(profile, ics)))
                .orElse(Map.of());
    }

    @Override
    public Map<String, Finding> aggregate(
            Map<String, Finding> findings, Entry.Begin begin, Profile profile, Ics ics, Sut sut) {
        Set<String> scope = Selection.requirements(suite.standard(), profile, ics);
        List<String> selected = begin.driven(selection(profile, ics, begin.grade(), begin.select()));
        Map<String, Finding> all =
                new TreeMap<>(Aggregates.judge(findings, selected, sut, Selection.terms(profile, ics)));
        all.keySet().removeIf(id -> !scope.contains(Aggregates.requirement(id)));
        if (begin.narrowed()) {
            // A part of the catalogue need not show what only the whole can.
            all.values().removeIf(f -> f.verdict() == Verdict.INCONCLUSIVE);
        }
        return all;
    }
}
