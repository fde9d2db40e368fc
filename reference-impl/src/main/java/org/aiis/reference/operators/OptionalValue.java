package org.aiis.reference.operators;

import java.util.Optional;

/**
 * A datum or none.
 *
 * @param of the type that the content has, or would have
 */
public record OptionalValue(Type of, Optional<Datum> content) implements Datum {
    @Override
    public Type kind() {
        return of.optional();
    }
}
