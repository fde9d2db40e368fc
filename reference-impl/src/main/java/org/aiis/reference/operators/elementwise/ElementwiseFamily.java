package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The arithmetic and functions of each element, by name. */
public final class ElementwiseFamily {
    private ElementwiseFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("Abs", new Abs()),
                Known.of("Acos", new Acos()),
                Known.of("Acosh", new Acosh()),
                Known.of("Add", new Add()),
                Known.of("Asin", new Asin()),
                Known.of("Asinh", new Asinh()),
                Known.of("Atan", new Atan()),
                Known.of("Atanh", new Atanh()),
                Known.since(26, "BitCast", new BitCast()),
                Known.of("BitShift", new BitShift()),
                Known.since(18, "BitwiseAnd", new BitwiseAnd()),
                Known.since(18, "BitwiseNot", new BitwiseNot()),
                Known.since(18, "BitwiseOr", new BitwiseOr()),
                Known.since(18, "BitwiseXor", new BitwiseXor()),
                Known.of("Ceil", new Ceil()),
                Known.of("Clip", new Clip()),
                Known.of("Cos", new Cos()),
                Known.of("Cosh", new Cosh()),
                Known.of("Div", new Div()),
                Known.of("Erf", new Erf()),
                Known.of("Exp", new Exp()),
                Known.of("Floor", new Floor()),
                Known.of("Log", new Log()),
                Known.of("Max", new Max()),
                Known.of("Mean", new Mean()),
                Known.of("Min", new Min()),
                Known.of("Mod", new Mod()),
                Known.of("Mul", new Mul()),
                Known.of("Neg", new Neg()),
                Known.of("Pow", new Pow()),
                Known.of("Reciprocal", new Reciprocal()),
                Known.of("Round", new Round()),
                Known.of("Sign", new Sign()),
                Known.of("Sin", new Sin()),
                Known.of("Sinh", new Sinh()),
                Known.of("Sqrt", new Sqrt()),
                Known.of("Sub", new Sub()),
                Known.of("Sum", new Sum()),
                Known.of("Tan", new Tan()));
    }
}
