package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The arithmetic and functions of each element, by name. */
public final class ElementwiseFamily {
    private ElementwiseFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("Abs", new Abs()),
                Known.of("Add", new Add()),
                Known.of("Ceil", new Ceil()),
                Known.of("Clip", new Clip()),
                Known.of("Div", new Div()),
                Known.of("Erf", new Erf()),
                Known.of("Exp", new Exp()),
                Known.of("Floor", new Floor()),
                Known.of("Log", new Log()),
                Known.of("Max", new Max()),
                Known.of("Mean", new Mean()),
                Known.of("Min", new Min()),
                Known.of("Mul", new Mul()),
                Known.of("Neg", new Neg()),
                Known.of("Pow", new Pow()),
                Known.of("Reciprocal", new Reciprocal()),
                Known.of("Round", new Round()),
                Known.of("Sign", new Sign()),
                Known.of("Sqrt", new Sqrt()),
                Known.of("Sub", new Sub()),
                Known.of("Sum", new Sum()));
    }
}
