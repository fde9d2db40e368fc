package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The comparison and logic, by name. */
public final class ComparisonFamily {
    private ComparisonFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("And", new And()),
                Known.of("Equal", new Equal()),
                Known.of("Greater", new Greater()),
                Known.of("GreaterOrEqual", new GreaterOrEqual()),
                Known.of("IsInf", new IsInf()),
                Known.of("IsNaN", new IsNaN()),
                Known.of("Less", new Less()),
                Known.of("LessOrEqual", new LessOrEqual()),
                Known.of("Not", new Not()),
                Known.of("Or", new Or()),
                Known.of("Where", new Where()),
                Known.of("Xor", new Xor()));
    }
}
