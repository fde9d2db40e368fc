package org.aiis.spec.standard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/**
 * The standard, parsed from its chapters.
 *
 * @param edition its edition
 * @param digest SHA-256 over the chapters' texts, so that evidence can name what it was judged against
 */
public record Standard(
        String edition, String digest, List<ConformanceClass> classes, Map<String, OperatorRow> operators) {
    /** What every page and report says. */
    public static final String STATUS = "draft, adopted by no body";

    public Standard {
        classes = List.copyOf(classes);
        operators = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(operators));
    }

    public List<Requirement> requirements() {
        return classes.stream().flatMap(c -> c.requirements().stream()).toList();
    }

    public Optional<Requirement> find(String id) {
        return requirements().stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /** The requirement, or an error that names the nearest one. */
    public Requirement requirement(String id) {
        return find(id).orElseThrow(() -> InputException.of(
                "unknown requirement '" + id + "'",
                Nearest.hint(id, requirements().stream().map(Requirement::id).toList())));
    }

    public ConformanceClass conformanceClass(String id) {
        return classes.stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> InputException.of(
                        "unknown conformance class '" + id + "'",
                        Nearest.hint(
                                id, classes.stream().map(ConformanceClass::id).collect(Collectors.toList()))));
    }

    public OperatorRow operator(String name) {
        OperatorRow row = operators.get(name);
        if (row == null) {
            throw InputException.of(
                    "operator '" + name + "' is not in the operator table", Nearest.hint(name, operators.keySet()));
        }
        return row;
    }
}
