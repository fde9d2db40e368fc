package org.aiis.conformance.qualification.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.aiis.conformance.qualification.layers.Squashing.Way;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.FloatFormat;

/**
 * Ways to calculate tanh and sigmoid that shipped code has, each step rounded, and shortcuts that lose digits. Which of them
 * is right in a type is decided by the limits of the operators Tanh and Sigmoid, not here.
 */
final class Squashings {
    private Squashings() {}

    static List<Way> all() {
        List<Way> all = new ArrayList<>();
        tanh().forEach((name, squashing) -> all.add(new Way(Unary.TANH, name, true, squashing)));
        sigmoid().forEach((name, squashing) -> all.add(new Way(Unary.SIGMOID, name, true, squashing)));
        for (Unary function : List.of(Unary.TANH, Unary.SIGMOID)) {
            rounded()
                    .forEach(
                            (name, squashing) -> all.add(new Way(function, name, !name.equals("four-ulp"), squashing)));
        }
        return all;
    }

    private static Map<String, Squashing> tanh() {
        Map<String, Squashing> ways = new TreeMap<>();
        ways.put("exponentials", (x, exact, f) -> {
            double power = f.round(StrictMath.exp(-2 * Math.abs(x)));
            return Math.copySign(f.round(f.round(1 - power) / f.round(1 + power)), x);
        });
        ways.put("expm1", (x, exact, f) -> {
            double t = f.round(StrictMath.expm1(-2 * Math.abs(x)));
            return Math.copySign(f.round(-t / f.round(2 + t)), x);
        });
        ways.put("twice-sigmoid-less-1", (x, exact, f) -> f.round(f.round(2 * quotient(2 * x, f)) - 1));
        ways.put("continued-fraction", Tangents::continuedFraction);
        ways.put("minimax-rational", Tangents::minimax);
        ways.put("table", Tangents::table);
        ways.put("linear-table", Tangents::lines);
        ways.put("pade-3-2", cut(x -> x * (27 + x * x) / (27 + 9 * x * x), 3));
        ways.put("one-from-4", cut(StrictMath::tanh, 4));
        ways.put("one-from-3", cut(StrictMath::tanh, 3));
        ways.put("straight", cut(x -> x, 1));
        return ways;
    }

    private static Map<String, Squashing> sigmoid() {
        Map<String, Squashing> ways = new TreeMap<>();
        ways.put("quotient", (x, exact, f) -> quotient(x, f));
        ways.put("quotient-by-sign", (x, exact, f) -> {
            double power = f.round(StrictMath.exp(-Math.abs(x)));
            return f.round((x < 0 ? power : 1) / f.round(1 + power));
        });
        ways.put(
                "one-less-quotient",
                (x, exact, f) -> f.round(1 - f.round(1 / f.round(1 + f.round(StrictMath.exp(x))))));
        ways.put("half-tanh", halved((x, exact, f) -> f.round(StrictMath.tanh(x))));
        ways.put("half-minimax", halved(Tangents::minimax));
        ways.put("half-table", halved(Tangents::table));
        ways.put("half-linear-table", halved(Tangents::lines));
        ways.put("half-pade-3-2", halved(cut(x -> x * (27 + x * x) / (27 + 9 * x * x), 3)));
        ways.put("quarter-slope", (x, exact, f) -> f.round(Math.max(0, Math.min(1, 0.5 + x / 4))));
        return ways;
    }

    /** Roundings of the exact result. */
    private static Map<String, Squashing> rounded() {
        Map<String, Squashing> ways = new TreeMap<>();
        ways.put("exact", (x, exact, f) -> f.round(exact));
        ways.put("four-ulp", Squashings::off);
        ways.put("through-float32", (x, exact, f) -> f.round(FloatFormat.BINARY32.round(exact)));
        ways.put("ten-bits", (x, exact, f) -> f.round(FloatFormat.TF32.round(exact)));
        ways.put("seven-bits", (x, exact, f) -> f.round(FloatFormat.BFLOAT16.round(exact)));
        return ways;
    }

    /** Four ulp of the binade below, up or down by the last bit; what would leave its side of 0 or pass 1 is left. */
    private static double off(double x, double exact, FloatFormat f) {
        double rounded = f.round(exact);
        double step = 4 * f.ulp(Math.nextAfter(rounded, 0));
        double moved = rounded + ((f.encode(rounded) & 1) == 0 ? step : -step);
        return Math.abs(moved) > 1 || moved * rounded <= 0 ? rounded : moved;
    }

    private static double quotient(double x, FloatFormat f) {
        return f.round(1 / f.round(1 + f.round(StrictMath.exp(-x))));
    }

    /** ½·(1 + tanh(x/2)), as vectorised code has it. */
    private static Squashing halved(Squashing tanh) {
        return (x, exact, f) -> {
            double half = f.round(x / 2);
            double inner = half == 0 ? half : tanh.at(half, StrictMath.tanh(half), f);
            return f.round(f.round(1 + inner) / 2);
        };
    }

    private static Squashing cut(DoubleUnaryOperator inside, double from) {
        return (x, exact, f) -> Math.abs(x) >= from ? Math.copySign(1, x) : f.round(inside.applyAsDouble(x));
    }
}
