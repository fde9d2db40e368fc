package org.aiis.spec.standard;

import org.aiis.spec.codec.InputException;

/**
 * How far an output may lie from the reference. The formulas stand in the operators chapter, clause "Tolerance"; the
 * judge computes them. A tolerance comes from the operator table and is never a number typed in a test.
 */
public sealed interface Tolerance {
    /** The same bits; NaN matches any NaN. */
    record Exact() implements Tolerance {
        @Override
        public String notation() {
            return "exact";
        }
    }

    /** |x − r| ≤ k·ulp(r), and never less than {@code floor} half-ulps of 1. */
    record Ulp(double k, int floor) implements Tolerance {
        @Override
        public String notation() {
            return "ulp " + number(k) + (floor > 0 ? " floor " + floor : "");
        }
    }

    /** A bound that grows with the argument: exp, log, tanh, sigmoid. */
    record ArgumentDependent(Function function, int floor) implements Tolerance {
        @Override
        public String notation() {
            return function.name().toLowerCase(java.util.Locale.ROOT) + (floor > 0 ? " floor " + floor : "");
        }
    }

    /** An element within 6σ and a tensor's RMS within 1.5σ, σ from the running error of the computation. */
    record RunningError() implements Tolerance {
        @Override
        public String notation() {
            return "running error";
        }
    }

    /** Element, mean square and bias of a tensor within limits that sub-Gaussian rounding errors keep. */
    record DotProduct() implements Tolerance {
        @Override
        public String notation() {
            return "dot product";
        }
    }

    /** |r|((1+u)^n − 1), n the number of factors. */
    record Product() implements Tolerance {
        @Override
        public String notation() {
            return "product";
        }
    }

    /** Functions with a bound of their own. */
    enum Function {
        EXP,
        LOG,
        TANH,
        SIGMOID
    }

    /** As the operator table writes it. */
    String notation();

    /** Reads a cell of the operator table: {@code exact}, {@code ulp 2.5 floor 1}, {@code exp}, {@code running error}. */
    static Tolerance parse(String cell) {
        String[] words = cell.split(" +");
        try {
            int floor = words.length >= 3 && words[words.length - 2].equals("floor")
                    ? Integer.parseInt(words[words.length - 1])
                    : 0;
            int rest = words.length - (floor > 0 ? 2 : 0);
            if (cell.equals("running error")) {
                return new RunningError();
            }
            if (cell.equals("dot product")) {
                return new DotProduct();
            }
            if (words[0].equals("ulp") && rest == 2) {
                return new Ulp(Double.parseDouble(words[1]), floor);
            }
            if (rest == 1) {
                return switch (words[0]) {
                    case "exact" -> new Exact();
                    case "product" -> new Product();
                    case "exp", "log", "tanh", "sigmoid" ->
                        new ArgumentDependent(Function.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)), floor);
                    default -> throw unknown(cell);
                };
            }
            throw unknown(cell);
        } catch (NumberFormatException e) {
            throw unknown(cell);
        }
    }

    private static InputException unknown(String cell) {
        return InputException.of(
                "unknown tolerance '" + cell + "'",
                "known: exact, ulp K, exp, log, tanh, sigmoid (each may end in 'floor N'), running error, dot product, product");
    }

    private static String number(double k) {
        return k == Math.rint(k) ? Long.toString((long) k) : Double.toString(k);
    }
}
