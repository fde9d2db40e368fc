package org.aiis.conformance.qualification.dots;

import static org.aiis.spec.standard.PrecisionMode.FFT;
import static org.aiis.spec.standard.PrecisionMode.FLOAT16_ACCUMULATOR;
import static org.aiis.spec.standard.PrecisionMode.TF32;
import static org.aiis.spec.standard.PrecisionMode.THREE_PIECES;
import static org.aiis.spec.standard.PrecisionMode.TRUNCATED_SUMS;
import static org.aiis.spec.standard.PrecisionMode.TWO_PIECES;
import static org.aiis.spec.standard.PrecisionMode.WINOGRAD;
import static org.aiis.spec.tensor.ElementType.BFLOAT16;
import static org.aiis.spec.tensor.ElementType.FLOAT16;
import static org.aiis.spec.tensor.ElementType.FLOAT32;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.ElementType;

/** Implementations that are right, and differ: orders and units without a claim, and those that have to claim a mode. */
final class Panel {
    /** A chain of roundings to binary16 stands still from here on (clause 4.4): 1 / 2u addends. */
    private static final int LONGEST_NARROW = 1024;

    private static final Set<ElementType> ALL = Set.of(FLOAT32, ElementType.FLOAT64, FLOAT16, BFLOAT16);

    private Panel() {}

    static List<Implementation> all() {
        List<Implementation> all = new ArrayList<>();
        all.add(of("forward", ALL, Orders::forward));
        all.add(of("bias first, FMA", ALL, Orders::biasFirst));
        all.add(of("backward", ALL, Orders::backward));
        all.add(of("pairwise", ALL, Orders::pairwise));
        for (int size : new int[] {4, 32, 128, 512}) {
            all.add(of("blocks of " + size, ALL, Orders.blocked(size)));
        }
        all.add(of("FMA chain", ALL, (a, b, bias, m) -> m.add(Orders.fused(a, b, 0, 0, a.length, m), bias)));
        for (int width : new int[] {2, 8, 16}) {
            all.add(of(width + " lanes", ALL, Orders.lanes(width)));
        }
        all.add(of("split-K 3", ALL, Orders.split(3)));
        all.add(of("split-K 8", ALL, Orders.split(8)));
        all.add(of("shuffled", ALL, Orders::shuffled));
        all.add(of("Kahan", ALL, Orders::kahan));
        all.add(of("wide accumulator", ALL, Orders::wide));
        all.add(of("AMX", Set.of(BFLOAT16), Units::amx));
        all.add(of("BFMMLA", Set.of(BFLOAT16), Units::bfmmla));
        all.add(of("bf16 × 9", Set.of(FLOAT32), Units.pieces(3, 4)));
        all.add(of("bf16 × 6", Set.of(FLOAT32), Units.pieces(3, 2)));
        claimed(all);
        return List.copyOf(all);
    }

    private static void claimed(List<Implementation> all) {
        all.add(of("bf16 × 9, one accumulator", Set.of(FLOAT32), Units.interleaved(3, 4), THREE_PIECES));
        all.add(of("bf16 × 6, one accumulator", Set.of(FLOAT32), Units.interleaved(3, 2), THREE_PIECES));
        all.add(of("bf16 × 3", Set.of(FLOAT32), Units.pieces(2, 1), TWO_PIECES));
        all.add(of("bf16 × 3, one accumulator", Set.of(FLOAT32), Units.interleaved(2, 1), TWO_PIECES));
        all.add(of("TF32 forward", Set.of(FLOAT32), Units.rounding(Machine.TF32, Orders::forward), TF32));
        all.add(of("TF32 blocks of 32", Set.of(FLOAT32), Units.rounding(Machine.TF32, Orders.blocked(32)), TF32));
        for (int terms : new int[] {4, 8, 16}) {
            for (int extra : new int[] {0, 2}) {
                Dot unit = Units.truncating(terms, extra);
                String name = "tensor core, " + terms + " terms, " + extra + " bits more";
                all.add(of(name, Set.of(FLOAT16, BFLOAT16), unit, TRUNCATED_SUMS));
                all.add(of("TF32 " + name, Set.of(FLOAT32), Units.rounding(Machine.TF32, unit), TF32, TRUNCATED_SUMS));
            }
        }
        all.add(narrow("binary16 forward", LONGEST_NARROW, Orders::forward));
        all.add(narrow("binary16 FMA chain", LONGEST_NARROW, Orders::biasFirst));
        all.add(narrow("binary16, 8 lanes", 8 * LONGEST_NARROW, Orders.lanes(8)));
        all.add(narrow("binary16, blocks of 32 in binary32", Integer.MAX_VALUE, Panel::promoted));
        all.add(new Implementation("Winograd F(2, 3)", Set.of(WINOGRAD), Convolutions.Winograd.F2::outputs));
        all.add(new Implementation("Winograd F(4, 3)", Set.of(WINOGRAD), Convolutions.Winograd.F4::outputs));
        all.add(new Implementation("Fourier transforms", Set.of(FFT), Convolutions::fourier));
    }

    private static double promoted(double[] a, double[] b, double bias, Machine narrow) {
        double s = bias;
        for (int from = 0; from < a.length; from += 32) {
            s = Machine.BINARY32.add(s, Orders.fused(a, b, 0, from, Math.min(a.length, from + 32), narrow));
        }
        return s;
    }

    private static Implementation narrow(String name, int longest, Dot dot) {
        return new Implementation(
                name,
                Set.of(FLOAT16_ACCUMULATOR),
                p -> p.type() == FLOAT16 && p.k() <= longest ? p.outputs(dot, Machine.BINARY16) : new double[0]);
    }

    private static Implementation of(String name, Set<ElementType> types, Dot dot, PrecisionMode... modes) {
        return new Implementation(
                name, Set.of(modes), p -> types.contains(p.type()) ? p.outputs(dot, p.accumulator()) : new double[0]);
    }
}
