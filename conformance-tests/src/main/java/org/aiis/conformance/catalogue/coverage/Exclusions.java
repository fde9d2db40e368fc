package org.aiis.conformance.catalogue.coverage;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.conformity.Glob;

/**
 * What no case is asked to show.
 *
 * @param reasons the words that exclusions give as their reason, and what they stand for
 */
record Exclusions(
        SortedMap<String, String> reasons,
        List<Exclusion> types,
        List<Exclusion> versions,
        List<Exclusion> attributes,
        List<Exclusion> specials,
        List<Exclusion> rejections) {
    /** Where they lie below the project's folder. */
    static final Path PLACE = Path.of("fixtures", "onnx", "exclusions.yaml");

    /** A pattern over operator, of and value of {@link Combination}; what is left out matches everything. */
    record Exclusion(Optional<String> operator, Optional<String> of, Optional<String> value, String reason) {
        boolean matches(Combination combination) {
            return matches(operator, combination.operator())
                    && matches(of, combination.of())
                    && matches(value, combination.value());
        }

        private static boolean matches(Optional<String> pattern, String text) {
            return pattern.isEmpty()
                    || pattern.get().equals(text)
                    || pattern.get().contains("*") && Glob.matches(pattern.get(), text);
        }

        @Override
        public String toString() {
            return operator.orElse("*") + " " + of.orElse("*") + " " + value.orElse("*");
        }
    }

    Exclusions {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
        types = List.copyOf(types);
        versions = List.copyOf(versions);
        attributes = List.copyOf(attributes);
        specials = List.copyOf(specials);
        rejections = List.copyOf(rejections);
        for (List<Exclusion> all : List.of(types, versions, attributes, specials, rejections)) {
            for (Exclusion one : all) {
                if (!reasons.containsKey(one.reason())) {
                    throw InputException.of(
                            PLACE.getFileName() + ": the exclusion '" + one + "' has the unknown reason '"
                                    + one.reason() + "'",
                            Nearest.hint(one.reason(), reasons.keySet()));
                }
            }
        }
    }

    static Exclusions read(Path home) {
        return Codec.file(home.resolve(PLACE), Exclusions.class);
    }

    List<Exclusion> of(Dimension dimension) {
        return switch (dimension) {
            case TYPES -> types;
            case VERSIONS -> versions;
            case ATTRIBUTES -> attributes;
            case SPECIALS -> specials;
            case REJECTIONS -> rejections;
        };
    }

    Stream<Exclusion> matching(Combination combination) {
        return of(combination.dimension()).stream().filter(e -> e.matches(combination));
    }
}
