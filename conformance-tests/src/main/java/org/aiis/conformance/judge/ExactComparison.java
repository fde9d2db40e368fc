package org.aiis.conformance.judge;

import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Integers, bools and strings: equal or not. */
final class ExactComparison {
    private ExactComparison() {}

    static Comparison compare(String output, Tensor got, Tensor expected) {
        WrongElements wrong = new WrongElements(expected.size());
        String problem = "";
        for (int i = 0; i < expected.size(); i++) {
            boolean equal = expected.type() == ElementType.STRING
                    ? got.string(i).equals(expected.string(i))
                    : expected.type() == ElementType.BOOL
                            ? got.bits(i) == expected.bits(i)
                            : got.integer(i) == expected.integer(i);
            if (!equal) {
                wrong.add(i, got, expected);
                problem = problem.isEmpty() ? message(output, got, expected, i) : problem;
            }
        }
        return problem.isEmpty() ? Comparison.fine() : Comparison.wrong(problem, wrong.patterns());
    }

    private static String message(String output, Tensor got, Tensor expected, int i) {
        String found = expected.type() == ElementType.BOOL && got.bits(i) > 1
                ? "a bool of byte " + got.bits(i)
                : got.element(i);
        return Place.of(output, expected.shape(), i) + " = " + found + ", reference " + expected.element(i)
                + ", allowed exact";
    }
}
