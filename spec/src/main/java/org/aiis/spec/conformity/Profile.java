package org.aiis.spec.conformity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.OperatorType;

/**
 * A profile: the classes and operators that are asked of a system under test, and its limits.
 *
 * @param profile its name
 * @param version SemVer
 * @param extend profiles it builds on, "core@1.0"; their members are merged in when it is resolved
 * @param exclude requirements of its classes that it leaves out, with the reason; the report lists them
 * @param accuracy accuracy level asked for
 * @param operators mandatory operator × type × opset
 * @param limits numeric limits by name
 */
public record Profile(
        String profile,
        String version,
        Status status,
        String title,
        @JsonProperty("extends") List<String> extend,
        List<String> classes,
        List<Exclusion> exclude,
        Accuracy accuracy,
        List<Mandatory> operators,
        SortedMap<String, Double> limits) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern SEMVER = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");

    public Profile {
        extend = List.copyOf(extend);
        classes = List.copyOf(classes);
        exclude = List.copyOf(exclude);
        operators = List.copyOf(operators);
        limits = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(limits));
        if (!NAME.matcher(profile).matches()) {
            throw InputException.of("profile name '" + profile + "'", "lower-case words and hyphens are expected");
        }
        if (!SEMVER.matcher(version).matches()) {
            throw InputException.of("profile version '" + version + "'", "a SemVer such as 1.0.0 is expected");
        }
    }

    /** Life of a profile. */
    public enum Status {
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("candidate")
        CANDIDATE,
        @JsonProperty("published")
        PUBLISHED,
        @JsonProperty("withdrawn")
        WITHDRAWN
    }

    /** A requirement left out, and why. */
    public record Exclusion(String requirement, String reason) {}

    /** Operators that have to run with each of these types at each of these opsets. */
    public record Mandatory(List<String> operators, List<ElementType> types, List<Integer> opsets) {
        public Mandatory {
            operators = List.copyOf(operators);
            types = List.copyOf(types);
            opsets = List.copyOf(opsets);
        }
    }

    /** "core@1.0.0". */
    public String label() {
        return profile + "@" + version;
    }

    /** The mandatory operator × type pairs, sorted. */
    public Set<OperatorType> mandatory() {
        Set<OperatorType> pairs = new TreeSet<>();
        for (Mandatory m : operators) {
            m.operators().forEach(o -> m.types().forEach(t -> pairs.add(new OperatorType(o, t))));
        }
        return pairs;
    }

    public boolean excludes(String requirement) {
        return exclude.stream().anyMatch(e -> e.requirement().equals(requirement));
    }
}
