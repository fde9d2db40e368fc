package org.aiis.reference.arithmetic;

/** Relations of two numbers; NaN stands in none of them, and the two zeros are equal. */
public enum Relation {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** Whether the relation holds for numbers whose comparison gave the sign {@code order}. */
    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }
}
