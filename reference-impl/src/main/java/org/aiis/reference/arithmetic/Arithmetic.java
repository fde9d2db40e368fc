package org.aiis.reference.arithmetic;

/**
 * Calculates with runs of numbers of one kind. Operators do the index work (broadcasting, axes, windows) and leave every
 * calculation to an arithmetic, so that one text of an operator serves all of them. Operands have equal sizes.
 */
public interface Arithmetic {
    /** So many times the same exact number. */
    Numbers constant(double value, int count);

    Numbers unary(Unary function, Numbers x);

    Numbers binary(Binary function, Numbers a, Numbers b);

    /** Sums of runs, first to last: result i sums x from {@code starts[i]} to before {@code starts[i + 1]}. */
    Numbers sums(Numbers x, int[] starts);

    /** Matrix product a·b, plus an addend of the result's size that comes last into each sum, or of size 0. */
    Numbers dots(Matrix a, Matrix b, Numbers addend);

    /** Whether the relation holds between a number of a and a number of b. */
    boolean holds(Relation relation, Numbers a, int i, Numbers b, int j);

    /** A closer value for a formula that cancels, with the error that the formula has. */
    Numbers refined(Numbers formula, Numbers closer);

    /** One that calculates the same numbers without their error terms, where there is one that takes less time. */
    default Arithmetic withoutErrors() {
        return this;
    }

    /** Starts of {@code count} runs of equal length, as {@link #sums} takes them. */
    static int[] equalRuns(int count, int length) {
        int[] starts = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            starts[i] = i * length;
        }
        return starts;
    }
}
