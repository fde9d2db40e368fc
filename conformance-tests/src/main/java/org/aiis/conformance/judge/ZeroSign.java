package org.aiis.conformance.judge;

import java.util.Set;
import java.util.stream.IntStream;
import org.aiis.spec.standard.Tolerance;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.TestCase;

/**
 * Where the sign of a zero is fixed. Moving and rounding keep it, and ISO/IEC 60559 fixes it for the operations that it
 * defines; a sum in free order has no fixed sign, and the decisions OP-Max-D2, OP-Min-D2, OP-Relu-D2 and OP-Sign-D2 leave it
 * open for what chooses or computes by comparing.
 */
public final class ZeroSign {
    private static final Set<String> FREE =
            Set.of("Max", "Min", "Mod", "Relu", "Sign", "Clip", "ReduceMax", "ReduceMin", "MaxPool");

    /** Operations of ISO/IEC 60559 whose sign is fixed for each zero result, underflow included. */
    private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div", "Sqrt", "Reciprocal");

    private ZeroSign() {}

    /** Whether an exact match leaves the sign of a zero of this output open, so that two tensors match that differ. */
    public static boolean leavesOpen(TestCase testCase, Tensor output) {
        if (!output.type().isFloat() || fixed(testCase, new Tolerance.Exact())) {
            return false;
        }
        return IntStream.range(0, output.size()).anyMatch(i -> output.real(i) == 0);
    }

    static boolean fixedThroughUnderflow(TestCase testCase) {
        return testCase.pair().map(p -> ARITHMETIC.contains(p.operator())).orElse(false);
    }

    static boolean fixed(TestCase testCase, Tolerance tolerance) {
        boolean byKind = tolerance instanceof Tolerance.Exact || tolerance instanceof Tolerance.Ulp;
        return byKind && testCase.pair().map(p -> !FREE.contains(p.operator())).orElse(true);
    }
}
