package org.aiis.reference.arithmetic;

import java.util.BitSet;

/**
 * A matrix read out of a run of numbers.
 *
 * @param at place of the element in row 0, column 0
 * @param absent elements, counted in row-major order of the matrix, that are no terms of any sum: padding
 */
public record Matrix(Numbers numbers, int at, int rows, int columns, int rowStep, int columnStep, BitSet absent) {
    public Matrix {
        absent = (BitSet) absent.clone();
    }

    public static Matrix rowMajor(Numbers numbers, int at, int rows, int columns) {
        return new Matrix(numbers, at, rows, columns, columns, 1, new BitSet());
    }

    /** Row-major, columns and rows exchanged if asked. */
    public static Matrix oriented(Numbers numbers, int rows, int columns, boolean transposed) {
        return transposed
                ? new Matrix(numbers, 0, /* rows= */ columns, /* columns= */ rows, 1, columns, new BitSet())
                : rowMajor(numbers, 0, rows, columns);
    }

    /** The whole of some numbers, row-major, with absent elements. */
    public static Matrix padded(Numbers numbers, int rows, int columns, BitSet absent) {
        return new Matrix(numbers, 0, rows, columns, columns, 1, absent);
    }

    boolean isWhole(int count) {
        return at == 0 && columnStep == 1 && rowStep == columns && rows * columns == count;
    }

    /** One field of the numbers in row-major order; an empty field stays empty. */
    double[] pack(double[] field) {
        if (field.length == 0 || isWhole(field.length)) {
            return field;
        }
        double[] packed = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                packed[r * columns + c] = field[at + r * rowStep + c * columnStep];
            }
        }
        return packed;
    }

    int place(int row, int column) {
        return at + row * rowStep + column * columnStep;
    }
}
