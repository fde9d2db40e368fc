package org.aiis.report.view;

import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Errors in units of what is allowed, as a reader and as a script take them. */
final class Ratios {
    /** Stands for what is infinite, which JSON cannot say. */
    static final double INFINITE = 1e300;

    /** Powers of ten that a scale shows, from the lowest to the highest. */
    private static final int LOWEST = -4;

    private static final int HIGHEST = 6;

    private Ratios() {}

    /** Three digits, or words. */
    static String told(OptionalDouble ratio) {
        if (ratio.isEmpty()) {
            return "not seen";
        }
        double value = ratio.getAsDouble();
        if (value == 0) {
            return "0";
        } else if (value >= INFINITE) {
            return "∞";
        } else if (value >= 1e5 || value < 1e-3) {
            return String.format(Locale.ROOT, "%.1e", value)
                    .replaceFirst("e([+-])0?(\\d)", "e$1$2")
                    .replace("e+", "e");
        }
        double rounded = rounded(value);
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    /** Three digits for the script; null where it is not known. */
    static @Nullable Double number(OptionalDouble ratio) {
        if (ratio.isEmpty()) {
            return null;
        }
        return rounded(Math.min(ratio.getAsDouble(), INFINITE));
    }

    /** To three digits; fifty thousand nodes have three numbers each. */
    private static double rounded(double value) {
        if (value <= 0 || value >= INFINITE) {
            return value;
        }
        int power = 2 - (int) Math.floor(Math.log10(value));
        double scale = Math.pow(10, Math.abs(power));
        return power >= 0 ? Math.rint(value * scale) / scale : Math.rint(value / scale) * scale;
    }

    /** Where it lies on a logarithmic scale of so many units; 0 for nothing, and for what is not known. */
    static double onScale(OptionalDouble ratio, double units) {
        double value = ratio.orElse(0);
        double power = value <= 0 ? LOWEST : Math.max(LOWEST, Math.min(HIGHEST, Math.log10(Math.min(value, INFINITE))));
        return units * (power - LOWEST) / (HIGHEST - LOWEST);
    }

    static int lowest() {
        return LOWEST;
    }

    static int highest() {
        return HIGHEST;
    }
}
