package org.aiis.reference.pipeline.evaluate;

import java.util.Arrays;
import java.util.Locale;

/**
 * A number with the interval in which, with the confidence that its maker says, the truth lies.
 *
 * @param value the estimate
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {
    /** The 0.975 quantile of the normal distribution. */
    static final double NORMAL = 1.959963984540054;

    /** 0.975 quantiles of Student's t with 1 to 30 degrees of freedom (Abramowitz and Stegun, table 26.10). */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    /**
     * A share with its 95 % interval after Wilson ("Probable Inference, the Law of Succession, and Statistical Inference", 1927),
     * which stays within 0 and 1 and holds for few records too: accuracy, precision, recall, specificity.
     *
     * @throws IllegalArgumentException when there are no records: the share is undefined
     */
    public static Interval share(long part, long whole) {
        if (whole <= 0 || part < 0 || part > whole) {
            throw new IllegalArgumentException(part + " of " + whole);
        }
        double n = whole;
        double p = part / n;
        double square = NORMAL * NORMAL / n;
        double centre = (p + square / 2) / (1 + square);
        double reach = NORMAL / (1 + square) * StrictMath.sqrt(p * (1 - p) / n + square / (4 * n));
        return new Interval(p, part == 0 ? 0 : centre - reach, part == whole ? 1 : centre + reach);
    }

    /** The mean of independent numbers, at least two, with its 95 % interval after Student. */
    public static Interval mean(double... numbers) {
        if (numbers.length < 2) {
            throw new IllegalArgumentException("the spread of " + numbers.length + " numbers");
        }
        double mean = Arrays.stream(numbers).average().orElseThrow();
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        int degrees = numbers.length - 1;
        double quantile = degrees <= STUDENT.length ? STUDENT[degrees - 1] : NORMAL;
        double reach = quantile * StrictMath.sqrt(squares / degrees / numbers.length);
        return new Interval(mean, mean - reach, mean + reach);
    }

    /** Whether zero lies outside. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g (95 %% interval %.4g to %.4g)", value, low, high);
    }
}
