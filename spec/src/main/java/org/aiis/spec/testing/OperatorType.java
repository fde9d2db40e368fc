package org.aiis.spec.testing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aiis.spec.tensor.ElementType;

/** An operator at an element type of its first type variable, the unit of claims and coverage. */
public record OperatorType(String operator, ElementType type) implements Comparable<OperatorType> {
    private static final Pattern CASE = Pattern.compile("OP-([A-Za-z0-9]+)-[A-Z]+/([a-z0-9]+)/.*");

    @Override
    public int compareTo(OperatorType other) {
        int byName = operator.compareTo(other.operator);
        return byName != 0 ? byName : type.compareTo(other.type);
    }

    /** The pair that the id of an operator's case names: {@code OP-Softmax-VALUES/float32/…}. */
    public static Optional<OperatorType> ofCase(String caseId) {
        Matcher m = CASE.matcher(caseId);
        return m.matches()
                ? ElementType.find(m.group(2)).map(type -> new OperatorType(m.group(1), type))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return operator + "/" + type.label();
    }
}
