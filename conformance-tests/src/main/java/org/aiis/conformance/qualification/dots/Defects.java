package org.aiis.conformance.qualification.dots;

import static org.aiis.spec.tensor.ElementType.BFLOAT16;
import static org.aiis.spec.tensor.ElementType.FLOAT16;
import static org.aiis.spec.tensor.ElementType.FLOAT32;
import static org.aiis.spec.tensor.ElementType.FLOAT64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;

/** Implementations that are wrong, or less precise than their type without a claim. */
final class Defects {
    private static final Set<ElementType> ALL = Set.of(FLOAT32, FLOAT64, FLOAT16, BFLOAT16);
    private static final Set<ElementType> WIDE = Set.of(FLOAT32, FLOAT64);

    private Defects() {}

    static List<Implementation> all() {
        List<Implementation> all = new ArrayList<>();
        precision(all);
        terms(all);
        outputs(all);
        return List.copyOf(all);
    }

    private static void precision(List<Implementation> all) {
        all.add(of("float32 inputs", Set.of(FLOAT64), Units.rounding(Machine.BINARY32, Orders::forward)));
        all.add(of("TF32 inputs", Set.of(FLOAT32), Units.rounding(Machine.TF32, Orders::forward)));
        all.add(of(
                "bf16 inputs", Set.of(FLOAT64, FLOAT32, FLOAT16), Units.rounding(Machine.BFLOAT16, Orders::forward)));
        all.add(of("two-piece bf16", Set.of(FLOAT32), Units.pieces(2, 1)));
        all.add(of("float32 accumulator", Set.of(FLOAT64), in(Machine.BINARY32)));
        all.add(of("TF32 accumulator", Set.of(FLOAT32), in(Machine.TF32)));
        all.add(of("fp16 accumulator", Set.of(FLOAT32, FLOAT16), in(Machine.BINARY16)));
        all.add(of("bf16 accumulator", Set.of(FLOAT32, FLOAT16, BFLOAT16), in(Machine.BFLOAT16)));
        all.add(of("truncated mantissa", ALL, Defects::truncated));
        all.add(new Implementation(
                "truncated result",
                Set.of(),
                p -> only(p, Set.of(FLOAT16, BFLOAT16), d -> {
                    Machine rounding = Machine.of(d.type().format());
                    return changed(
                            d.outputs(Orders::forward, d.accumulator()),
                            new Problem(FLOAT32, d.family(), d.rows(), d.columns(), d.bias(), 0, d.signals())
                                    .outputs(Orders::forward, d.accumulator()),
                            rounding::truncate);
                })));
        all.add(output("TF32 outputs", Set.of(FLOAT32), y -> {
            Arrays.setAll(y, i -> Machine.TF32.round(y[i]));
            return y;
        }));
        all.add(output("bf16 outputs", Set.of(FLOAT32, FLOAT16), y -> {
            Arrays.setAll(y, i -> Machine.BFLOAT16.round(y[i]));
            return y;
        }));
        all.add(of("tensor core, unclaimed", Set.of(FLOAT32), Units.truncating(4, 0)));
    }

    private static double[] changed(double[] right, double[] exact, java.util.function.DoubleUnaryOperator change) {
        double[] y = right.clone();
        Arrays.setAll(y, i -> Double.isFinite(right[i]) ? change.applyAsDouble(exact[i]) : right[i]);
        return y;
    }

    private static Dot in(Machine accumulator) {
        return (a, b, bias, m) -> Orders.forward(a, b, bias, accumulator);
    }

    /** Every product and sum toward zero; binary64 by cutting the exact sum's last digit. */
    private static double truncated(double[] a, double[] b, double bias, Machine m) {
        double s = 0;
        for (int k = 0; k < a.length; k++) {
            s = towardZero(s, towardZero(a[k], b[k], m, true), m, false);
        }
        return towardZero(s, bias, m, false);
    }

    private static double towardZero(double a, double b, Machine m, boolean product) {
        double near = product ? a * b : a + b;
        if (m != Machine.BINARY64) {
            return m.truncate(near);
        }
        double part = near - a;
        double rest = product ? Math.fma(a, b, -near) : (a - (near - part)) + (b - part);
        return near != 0 && Double.isFinite(near) && rest != 0 && rest < 0 == near > 0
                ? near > 0 ? Math.nextDown(near) : Math.nextUp(near)
                : near;
    }

    private static void terms(List<Implementation> all) {
        all.add(of("last product dropped", ALL, (a, b, c, m) -> part(a, b, c, 0, a.length - 1, m)));
        all.add(of("first product dropped", ALL, (a, b, c, m) -> part(a, b, c, 1, a.length, m)));
        all.add(of("one product twice", ALL, (a, b, c, m) -> {
            int at = a.length / 2;
            return m.fma(a[at], b[at], Orders.forward(a, b, c, m));
        }));
        all.add(of("every 64th product twice", ALL, (a, b, c, m) -> {
            double s = Orders.forward(a, b, c, m);
            for (int k = 64; k < a.length; k += 64) {
                s = m.fma(a[k], b[k], s);
            }
            return s;
        }));
        all.add(of(
                "tail beyond a multiple of 8 dropped",
                ALL,
                (a, b, c, m) -> part(a, b, c, 0, a.length < 8 ? a.length : a.length / 8 * 8, m)));
        all.add(of("half of the products", ALL, (a, b, c, m) -> part(a, b, c, 0, (a.length + 1) / 2, m)));
        all.add(of(
                "accumulator reset every 256",
                ALL,
                (a, b, c, m) -> part(a, b, c, (a.length - 1) / 256 * 256, a.length, m)));
        all.add(of("one lane of 8 lost", ALL, (a, b, c, m) -> {
            double[] rest = a.clone();
            for (int k = 7; k < rest.length; k += 8) {
                rest[k] = 0;
            }
            return Orders.lanes(8).of(rest, b, c, m);
        }));
        all.add(of("a wrong sign", ALL, (a, b, c, m) -> {
            double[] other = a.clone();
            other[a.length / 2] = -other[a.length / 2];
            return Orders.forward(other, b, c, m);
        }));
        all.add(of("one factor of the neighbour", ALL, (a, b, c, m) -> {
            double[] other = a.clone();
            other[a.length / 2] = a[a.length / 2 - 1];
            return Orders.forward(other, b, c, m);
        }));
        all.add(of("bias lost", ALL, (a, b, c, m) -> Orders.forward(a, b, 0, m)));
        all.add(of("bias twice", ALL, (a, b, c, m) -> m.add(Orders.forward(a, b, c, m), c)));
    }

    private static double part(double[] a, double[] b, double bias, int from, int to, Machine m) {
        return m.add(Orders.run(a, b, from, to, m), bias);
    }

    private static void outputs(List<Implementation> all) {
        all.add(output("shifted column", ALL, y -> {
            double[] shifted = y.clone();
            System.arraycopy(y, 1, shifted, 0, y.length - 1);
            return shifted;
        }));
        all.add(output("one element stale", ALL, y -> {
            y[y.length - 1] = y[y.length - 2];
            return y;
        }));
        all.add(output("last element not written", ALL, y -> {
            y[y.length - 1] = 0;
            return y;
        }));
        all.add(output("too large by 9 parts in 10,000", WIDE, y -> {
            Arrays.setAll(y, i -> y[i] * (1 + 9e-4));
            return y;
        }));
        all.add(new Implementation("noise of 4 ulp", Set.of(), p -> {
            double[] y = p.outputs(Orders::forward, p.accumulator());
            FloatFormat format = p.type().format();
            Seeded seeded = Seeded.by("noise " + p.family() + " " + p.k());
            Arrays.setAll(y, i -> y[i] == 0 ? 0 : format.round(y[i] + seeded.integer(-4, 4) * format.ulp(y[i])));
            return y;
        }));
    }

    private static Implementation output(String name, Set<ElementType> types, UnaryOperator<double[]> change) {
        return new Implementation(
                name, Set.of(), p -> only(p, types, q -> change.apply(q.outputs(Orders::forward, q.accumulator()))));
    }

    private static double[] only(Problem p, Set<ElementType> types, Function<Problem, double[]> outputs) {
        return types.contains(p.type()) ? outputs.apply(p) : new double[0];
    }

    private static Implementation of(String name, Set<ElementType> types, Dot dot) {
        return new Implementation(name, Set.of(), p -> only(p, types, q -> q.outputs(dot, q.accumulator())));
    }
}
