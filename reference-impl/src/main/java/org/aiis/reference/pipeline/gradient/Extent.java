package org.aiis.reference.pipeline.gradient;

/**
 * The extent of an axis: a number, or a number times an extent that is known at the run alone, as 169·n.
 *
 * @param symbol its name, empty for a number
 */
public record Extent(long factor, String symbol) {
    public static Extent of(long number) {
        return new Extent(number, "");
    }

    public static Extent named(String symbol) {
        return new Extent(1, symbol);
    }

    public boolean known() {
        return symbol.isEmpty();
    }

    /** The number; throws where it is known at the run alone. */
    public long number() {
        if (!known()) {
            throw new IllegalStateException("extent " + this + " is known at the run alone");
        }
        return factor;
    }

    public Extent times(Extent other) {
        if (!known() && !other.known()) {
            throw new IllegalStateException("extent " + this + " times " + other);
        }
        return new Extent(factor * other.factor, symbol + other.symbol);
    }

    boolean isOne() {
        return known() && factor == 1;
    }

    /** As {@code declared} in a model: a number, or a name. */
    Object declared() {
        return known() ? (Object) factor : factor == 1 ? symbol : factor + symbol;
    }

    @Override
    public String toString() {
        return declared().toString();
    }
}
