package org.aiis.reference.operators.conversion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;

/** Numbers as text and text as numbers. */
final class Numerals {
    private static final int LONGEST = 400;
    /** Decimal digits that tell any two numbers of binary64 apart. */
    private static final int MOST_DIGITS = 17;

    private Numerals() {}

    /**
     * Integers in decimal; floats in plain decimal notation with as few digits as tell them apart from their neighbours
     * (OP-Cast-D6), and the literals that ONNX reserves; bools as 1 and 0.
     */
    static Value written(Value x) {
        List<String> texts = new ArrayList<>(x.size());
        Tensor tensor = x.tensor();
        for (int i = 0; i < x.size(); i++) {
            if (x.numbers() instanceof Integers integers) {
                texts.add(
                        x.type() == ElementType.UINT64
                                ? Long.toUnsignedString(integers.at(i))
                                : Long.toString(integers.at(i)));
            } else {
                texts.add(written(tensor.real(i), x.type().format()));
            }
        }
        return Value.of(Tensor.ofStrings(x.shape(), texts));
    }

    private static String written(double x, FloatFormat format) {
        if (Double.isNaN(x)) {
            return "NaN";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "INF" : "-INF";
        }
        if (x == 0) {
            return 1 / x > 0 ? "0" : "-0";
        }
        BigDecimal exact = new BigDecimal(x);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal shorter = exact.round(new MathContext(digits));
            if (format.round(shorter.doubleValue()) == x) {
                return plain(shorter);
            }
        }
        return plain(exact.round(new MathContext(MOST_DIGITS)));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** Integer literals of an integer type, exact; the low bits of what is out of range. */
    static Value integers(Call call, Value x, ElementType to) {
        long[] values = new long[x.size()];
        for (int i = 0; i < values.length; i++) {
            String text = x.tensor().string(i);
            // What is written otherwise goes through a real number, whose conversion is a decision.
            values[i] = text.matches("[+-]?[0-9]{1,30}")
                    ? to.wrap(new BigDecimal(text).toBigInteger().longValue())
                    : Conversion.saturated(real(call, text), to);
        }
        return Value.of(to, x.shape(), Integers.own(values));
    }

    /** Decimal numbers, INF and NaN in any case, as float64; other text is refused (OP-Cast-D3). */
    static Value reals(Call call, Value x) {
        double[] numbers = new double[x.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = real(call, x.tensor().string(i));
        }
        return Value.of(Tensor.ofReals(ElementType.FLOAT64, x.shape(), numbers));
    }

    private static double real(Call call, String text) {
        String bare = text.matches("[+-].*") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1 : 1;
        if (bare.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (bare.length() > LONGEST || !bare.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw call.refusal("'" + text + "' is no number");
        }
        return sign * Double.parseDouble(bare);
    }
}
