package org.aiis.spec.standard;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.spec.tensor.ElementType;

/**
 * A row of the operator table.
 *
 * @param domain of the operator set, empty for the default one
 * @param opsets versions of that operator set at which the operator is exercised, ascending
 * @param types element types of the operator's first type variable
 * @param full tolerance of the accuracy level "full"
 * @param relaxed tolerance of the accuracy level "relaxed"
 * @param facets the template suffixes whose column is filled: VALUES, TYPES, SHAPES, SPECIAL, REJECT
 * @param source file and line of the row
 */
public record OperatorRow(
        String domain,
        String operator,
        List<Integer> opsets,
        Set<ElementType> types,
        Tolerance full,
        Tolerance relaxed,
        Set<String> facets,
        String source) {
    public OperatorRow {
        opsets = List.copyOf(opsets);
        types = java.util.Collections.unmodifiableSet(new TreeSet<>(types));
        facets = java.util.Collections.unmodifiableSet(new TreeSet<>(facets));
    }

    /** The tolerance at an accuracy level; integers, bools and strings are exact, whatever the row says but quantised. */
    public Tolerance tolerance(Accuracy level, ElementType type) {
        if (!type.isFloat() && !(full instanceof Tolerance.Quantised)) {
            return new Tolerance.Exact();
        }
        return level == Accuracy.FULL ? full : relaxed;
    }
}
