package org.aiis.conformance.qualification.dots;

import java.util.Set;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.catalogue.operators.DotInputs;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Matrix;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.tensor.ElementType;

/**
 * Dot products of every row with every column, each plus its row's bias.
 *
 * @param taps taps of a convolution along one axis whose patches the columns are, in every channel; 0 where it is none
 * @param signals the convolution's input, [channels][positions + taps − 1]
 */
record Problem(
        ElementType type,
        String family,
        double[][] rows,
        double[][] columns,
        double[] bias,
        int taps,
        double[][] signals) {
    static Problem of(ElementType type, Family family, int k, int seed) {
        Seeded seeded = Seeded.by("dots " + type.label() + " " + family.name() + " " + k + " " + seed);
        double[][] rows = new double[DotInputs.ROWS][k];
        double[][] columns = new double[DotInputs.COLUMNS][k];
        family.fill(rows, columns, type, seeded);
        double[] bias = new double[rows.length];
        for (int i = 0; i < bias.length && seed % 2 == 1; i++) {
            double product = rows[i][0] * columns[0][0];
            bias[i] = type.format().round(product * seeded.between(0.5, 2));
        }
        return new Problem(type, family.name(), rows, columns, bias, 0, new double[0][0]);
    }

    /** A convolution along one axis with stride 1 and no padding. */
    static Problem convolution(ElementType type, boolean positive, int channels, int taps, int positions, int seed) {
        Seeded seeded = Seeded.by(
                "conv " + type.label() + " " + positive + " " + channels + " " + taps + " " + positions + " " + seed);
        double[][] signals = new double[channels][positions + taps - 1];
        double[][] rows = new double[DotInputs.ROWS][channels * taps];
        double[][] columns = new double[positions][channels * taps];
        for (double[] line : signals) {
            fill(line, type, positive, seeded);
        }
        for (double[] row : rows) {
            fill(row, type, positive, seeded);
        }
        for (int j = 0; j < positions; j++) {
            for (int k = 0; k < channels * taps; k++) {
                columns[j][k] = signals[k / taps][j + k % taps];
            }
        }
        return new Problem(
                type, positive ? "positive image" : "image", rows, columns, new double[rows.length], taps, signals);
    }

    private static void fill(double[] values, ElementType type, boolean positive, Seeded seeded) {
        for (int i = 0; i < values.length; i++) {
            values[i] = type.format().round(seeded.between(positive ? 0.5 : -1, 1));
        }
    }

    int k() {
        return rows[0].length;
    }

    int size() {
        return rows.length * columns.length;
    }

    /** Arithmetic of the accumulator that a type has without a claim. */
    Machine accumulator() {
        return type == ElementType.FLOAT64 ? Machine.BINARY64 : Machine.BINARY32;
    }

    /** What a way to calculate gives, rounded to the type. */
    double[] outputs(Dot dot, Machine accumulator) {
        double[] y = new double[size()];
        Machine rounding = Machine.of(type.format());
        for (int i = 0; i < y.length; i++) {
            int row = i / columns.length;
            y[i] = rounding.round(dot.of(rows[row], columns[i % columns.length], bias[row], accumulator));
        }
        return y;
    }

    /** The oracle's reference, under precision modes. */
    Value reference(Set<PrecisionMode> modes) {
        int k = k();
        double[] left = new double[rows.length * k];
        double[] right = new double[columns.length * k];
        double[] addend = new double[size()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, left, i * k, k);
            for (int j = 0; j < columns.length; j++) {
                addend[i * columns.length + j] = bias[i];
            }
        }
        for (int j = 0; j < columns.length; j++) {
            System.arraycopy(columns[j], 0, right, j * k, k);
        }
        Reals result = (Reals) Arithmetics.reference(modes)
                .of(type)
                .dots(
                        Matrix.rowMajor(Reals.own(left), 0, rows.length, k),
                        new Matrix(Reals.own(right), 0, k, columns.length, 1, k, new java.util.BitSet()),
                        biased() ? Reals.own(addend) : Reals.own(new double[0]));
        return new Value(type, result);
    }

    boolean biased() {
        for (double b : bias) {
            if (b != 0) {
                return true;
            }
        }
        return false;
    }

    /** (|A|·|B| + |bias|) of each output. */
    double[] magnitudes(Value reference) {
        double[] sizes = new double[size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = reference.magnitude(i);
        }
        return sizes;
    }
}
