package org.aiis.conformance.scheme;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aiis.spec.conformity.Glob;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/** What a profile and an ICS select of the catalogue, and the terms they settle for the judge. */
public final class Selection {
    private Selection() {}

    /** Ids of the requirements in scope: of the profile's classes, not excluded, claimed where optional. */
    public static Set<String> requirements(Standard standard, Profile profile, Ics ics) {
        return standard.requirements().stream()
                .filter(r -> profile.classes().contains(r.conformanceClass()))
                .filter(r -> !profile.excludes(r.id()))
                .map(Requirement::id)
                .filter(id -> !ics.notImplemented().contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The cases of a run, in the catalogue's order. */
    public static List<TestCase> cases(
            Stream<TestCase> catalogue, Standard standard, Profile profile, Ics ics, Grade grade, List<String> globs) {
        Set<String> scope = requirements(standard, profile, ics);
        return catalogue
                .filter(c -> grade.holds(c.grade()))
                .filter(c -> c.requirements().stream().anyMatch(scope::contains))
                .filter(c -> globs.isEmpty() || globs.stream().anyMatch(g -> chosen(g, c)))
                .toList();
    }

    /** A glob chooses by case id, by requirement id, or by the beginning of either. */
    private static boolean chosen(String glob, TestCase c) {
        return Glob.matches(glob, c.id())
                || c.id().startsWith(glob + "/")
                || c.requirements().stream().anyMatch(r -> Glob.matches(glob, r));
    }

    public static Terms terms(Profile profile, Ics ics) {
        Accuracy accuracy = ics.accuracy().compareTo(profile.accuracy()) > 0 ? ics.accuracy() : profile.accuracy();
        return new Terms(
                accuracy,
                ics.required(profile),
                Set.copyOf(ics.flushesSubnormals()),
                ics.precisionModes().stream().map(PrecisionMode::named).collect(Collectors.toSet()),
                Set.copyOf(ics.determinism()),
                Set.copyOf(ics.sessions()),
                ics.ixit().provider(),
                Set.copyOf(ics.fallback()),
                profile.limits());
    }
}
