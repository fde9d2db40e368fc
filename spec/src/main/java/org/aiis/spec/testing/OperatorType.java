package org.aiis.spec.testing;

import org.aiis.spec.tensor.ElementType;

/** An operator at an element type of its first type variable, the unit of claims and coverage. */
public record OperatorType(String operator, ElementType type) implements Comparable<OperatorType> {
    @Override
    public int compareTo(OperatorType other) {
        int byName = operator.compareTo(other.operator);
        return byName != 0 ? byName : type.compareTo(other.type);
    }

    @Override
    public String toString() {
        return operator + "/" + type.label();
    }
}
