package org.aiis.conformance.catalogue.coverage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.aiis.conformance.catalogue.schema.Schemas;
import org.aiis.spec.testing.TestCase;

/**
 * What cases show of what the schemas allow.
 *
 * @param release the ONNX release of the schemas
 * @param operators by operator and dimension the counts
 * @param missing what is neither shown nor excluded, sorted
 * @param excluded by dimension and reason how many are excluded
 * @param problems exclusions that match nothing, or what is shown all the same
 * @param undetermined operator and type variable where the type of a value in some model could not be told
 */
public record SchemaCoverage(
        String release,
        SortedMap<String, Map<Dimension, Tally>> operators,
        List<Combination> missing,
        Map<Dimension, Map<String, Integer>> excluded,
        List<String> problems,
        Set<String> undetermined) {
    /** Counts of one dimension. */
    public record Tally(int covered, int excluded, int missing) {
        static final Tally NONE = new Tally(0, 0, 0);

        public int allowed() {
            return covered + excluded + missing;
        }

        Tally plus(Tally other) {
            return new Tally(covered + other.covered, excluded + other.excluded, missing + other.missing);
        }
    }

    /** Counts of one dimension over all operators. */
    public Tally total(Dimension dimension) {
        return operators.values().stream()
                .map(byDimension -> byDimension.getOrDefault(dimension, Tally.NONE))
                .reduce(Tally.NONE, Tally::plus);
    }

    /** Whether all is shown or excluded in writing, and no exclusion is idle. */
    public boolean complete() {
        return missing.isEmpty() && problems.isEmpty();
    }

    /** Measures cases with the schemas and exclusions below the project's folder; tells each case that is done. */
    public static SchemaCoverage of(Collection<TestCase> cases, Path home, Consumer<TestCase> done) {
        return of(cases, Schemas.read(home), Edition.CURRENT, Exclusions.read(home), done);
    }

    static SchemaCoverage of(
            Collection<TestCase> cases,
            Schemas schemas,
            Edition edition,
            Exclusions exclusions,
            Consumer<TestCase> done) {
        Shown shown = new Shown(schemas, edition);
        cases.parallelStream().forEach(c -> {
            shown.add(c);
            done.accept(c);
        });
        return new Count(exclusions, shown.combinations())
                .over(Allowed.all(schemas, edition), schemas.release(), shown.undetermined());
    }

    /** The state of counting. */
    private static final class Count {
        private final Exclusions exclusions;
        private final Set<Combination> shown;
        private final SortedMap<String, Map<Dimension, Tally>> operators = new TreeMap<>();
        private final List<Combination> missing = new ArrayList<>();
        private final Map<Dimension, Map<String, Integer>> excluded = new EnumMap<>(Dimension.class);
        private final List<String> problems = new ArrayList<>();
        private final Map<Exclusions.Exclusion, Integer> matched = new LinkedHashMap<>();

        Count(Exclusions exclusions, Set<Combination> shown) {
            this.exclusions = exclusions;
            this.shown = shown;
        }

        SchemaCoverage over(Set<Combination> allowed, String release, Set<String> undetermined) {
            allowed.forEach(this::one);
            for (Dimension dimension : Dimension.values()) {
                for (Exclusions.Exclusion exclusion : exclusions.of(dimension)) {
                    if (!matched.containsKey(exclusion)) {
                        problems.add("the exclusion '" + exclusion + "' of " + dimension.word()
                                + " matches nothing that the schemas allow: take it out");
                    }
                }
            }
            return new SchemaCoverage(release, operators, missing, excluded, problems, undetermined);
        }

        private void one(Combination combination) {
            List<Exclusions.Exclusion> patterns =
                    exclusions.matching(combination).toList();
            patterns.forEach(pattern -> matched.merge(pattern, 1, Integer::sum));
            Optional<Exclusions.Exclusion> first = patterns.stream().findFirst();
            Tally tally;
            if (shown.contains(combination)) {
                tally = new Tally(1, 0, 0);
                first.ifPresent(pattern -> problems.add("'" + combination + "' of "
                        + combination.dimension().word() + " is shown by a case and excluded by '" + pattern
                        + "': narrow the exclusion"));
            } else if (first.isPresent()) {
                tally = new Tally(0, 1, 0);
                excluded.computeIfAbsent(combination.dimension(), d -> new TreeMap<>())
                        .merge(exclusions.reasons().getOrDefault(first.get().reason(), ""), 1, Integer::sum);
            } else {
                tally = new Tally(0, 0, 1);
                missing.add(combination);
            }
            operators
                    .computeIfAbsent(combination.operator(), o -> new EnumMap<>(Dimension.class))
                    .merge(combination.dimension(), tally, Tally::plus);
        }
    }
}
