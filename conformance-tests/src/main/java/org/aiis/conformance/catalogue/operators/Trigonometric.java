package org.aiis.conformance.catalogue.operators;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Trigonometric and hyperbolic functions and their inverses. */
final class Trigonometric {
    private Trigonometric() {}

    static List<Declaration> declarations() {
        return List.of(
                turning("Sin"),
                turning("Cos"),
                turning("Tan"),
                inside("Asin"),
                inside("Acos"),
                inside("Atanh"),
                grid("Atan", -4, 4),
                grid("Sinh", -9, 9),
                grid("Cosh", -9, 9),
                grid("Asinh", -4, 4),
                acosh());
    }

    private static Declaration function(String operator, DoubleUnaryOperator domain) {
        return Unary.numbers(operator, s -> s.node().feed(s.reals(domain, 5, 13)))
                .reject("type-integer", Unary::asInteger);
    }

    private static Declaration grid(String operator, double low, double high) {
        return function(operator, x -> x).value("grid", s -> s.node().feed(s.between(low, high, 199)));
    }

    /** Close to a multiple of a quarter turn the argument must be reduced with more digits than it has. */
    private static Declaration turning(String operator) {
        return grid(operator, -20, 20).value("quarter-turns", s -> s.node().feed(quarterTurns(s)));
    }

    private static Tensor quarterTurns(Setting s) {
        Tensor.Builder tensor = new Tensor.Builder(s.type(), Shape.of(203));
        for (int i = 0; i < 203; i++) {
            tensor.setReal(i, (i - 101) * (Math.PI / 2));
        }
        return tensor.build();
    }

    /** For −1 to 1: what lies outside is turned over. */
    private static Declaration inside(String operator) {
        return function(operator, x -> Math.abs(x) > 1 ? 1 / x : x)
                .value("grid", s -> s.node().feed(s.between(-1, 1, 199)))
                .value("towards-one", s -> s.node().feed(s.reals(x -> towardsOne(s, x), 101)));
    }

    private static double towardsOne(Setting s, double x) {
        return Math.copySign(
                1
                        - Math.scalb(1.0, -(int)
                                s.seeded().integer(1, s.type().format().fractionBits())),
                x);
    }

    private static Declaration acosh() {
        return function("Acosh", x -> Math.abs(x) < 1 ? 1 + Math.abs(x) : Math.abs(x))
                .value("grid", s -> s.node().feed(s.between(1, 9, 199)))
                .value("above-one", s -> s.node()
                        .feed(s.reals(
                                x -> 1
                                        + Math.scalb(1.0, -(int) s.seeded()
                                                .integer(1, s.type().format().fractionBits())),
                                101)));
    }
}
