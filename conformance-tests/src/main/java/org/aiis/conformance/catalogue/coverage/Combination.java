package org.aiis.conformance.catalogue.coverage;

import java.util.Comparator;

/**
 * One thing that a case can show.
 *
 * @param operator as {@code Schema.title()} gives it
 * @param of the type variable, attribute, floating-point type or rule; "since" for a version
 * @param value the type, word, special value or version; "given" for an attribute, "broken" for a rule
 */
public record Combination(Dimension dimension, String operator, String of, String value)
        implements Comparable<Combination> {
    private static final Comparator<Combination> ORDER = Comparator.comparing(Combination::dimension)
            .thenComparing(Combination::operator)
            .thenComparing(Combination::of)
            .thenComparing(Combination::value);

    @Override
    public int compareTo(Combination other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return operator + " " + of + " " + value;
    }
}
