package org.aiis.conformance.catalogue.coverage;

import java.util.EnumSet;
import java.util.Set;
import org.aiis.conformance.catalogue.Specials;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Tensor;

/** Classes of special values of a floating-point type. */
enum SpecialValue {
    NAN("NaN"),
    PLUS_INFINITY("+∞"),
    MINUS_INFINITY("−∞"),
    PLUS_ZERO("+0"),
    MINUS_ZERO("−0"),
    SUBNORMAL("subnormal"),
    EXTREME("extreme");

    private final String title;

    SpecialValue(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Those that a type has: float8 formats lack some. */
    static Set<SpecialValue> of(ElementType type) {
        return in(Specials.of(type));
    }

    /** Those that stand in a tensor of a floating-point type. */
    static Set<SpecialValue> in(Tensor tensor) {
        Set<SpecialValue> found = EnumSet.noneOf(SpecialValue.class);
        FloatFormat format = tensor.type().format();
        double normal = format.smallestNormal();
        double largest = format.largestFinite();
        int size = tensor.size();
        for (int i = 0; i < size && found.size() < values().length; i++) {
            double x = tensor.real(i);
            double magnitude = Math.abs(x);
            if (Double.isNaN(x)) {
                found.add(NAN);
            } else if (Double.isInfinite(x)) {
                found.add(x > 0 ? PLUS_INFINITY : MINUS_INFINITY);
            } else if (x == 0) {
                found.add(Double.doubleToRawLongBits(x) == 0 ? PLUS_ZERO : MINUS_ZERO);
            } else if (magnitude < normal) {
                found.add(SUBNORMAL);
            } else if (magnitude == largest) {
                found.add(EXTREME);
            }
        }
        return found;
    }
}
