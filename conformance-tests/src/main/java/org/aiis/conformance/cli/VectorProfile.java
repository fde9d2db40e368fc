package org.aiis.conformance.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.vectors.VectorCases;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Profile;

/** The profile of a run of vectors: with the tolerance that was asked for, without what no vector can show. */
final class VectorProfile {
    private static final String CLASS = "vectors";

    private VectorProfile() {}

    static Profile of(Profile profile, Catalogue cases, Optional<Double> rtol, Optional<Double> atol) {
        if (!profile.classes().contains(CLASS)) {
            throw InputException.of(
                    "profile " + profile.label() + " does not select the class " + CLASS,
                    "leave --profile out, or give one that extends vectors@1.0");
        }
        SortedMap<String, Double> limits = new TreeMap<>(VectorCases.TOLERANCE);
        limits.putAll(profile.limits());
        rtol.ifPresent(value -> limits.put("vectors-rtol", tolerance("--rtol", value)));
        atol.ifPresent(value -> limits.put("vectors-atol", tolerance("--atol", value)));
        List<Profile.Exclusion> exclude = new ArrayList<>(profile.exclude());
        boolean known = cases.cases().stream().anyMatch(c -> c.requirements().contains(VectorCases.ORACLE));
        if (!known && !profile.excludes(VectorCases.ORACLE)) {
            exclude.add(new Profile.Exclusion(VectorCases.ORACLE, "the oracle knows no model of these vectors"));
        }
        return new Profile(
                profile.profile(),
                profile.version(),
                profile.status(),
                profile.title(),
                profile.extend(),
                profile.classes(),
                exclude,
                profile.accuracy(),
                profile.operators(),
                limits);
    }

    private static double tolerance(String option, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw InputException.of(option + " " + value, "a number of 0 or more is expected");
        }
        return value;
    }
}
