package org.aiis.spec.testing;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** What the oracle says a model gives: for each output its value and what the judge needs to bound it. */
public record Reference(SortedMap<String, Value> outputs) {
    public Reference {
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
    }

    /** Reference for one output. */
    public interface Value {
        ElementType type();

        Shape shape();

        /** The reference rounded to the element type: for exact comparison, and for a backend that is the oracle. */
        Tensor rounded();

        /** Element {@code i}: the leading part r of the reference, before rounding to the type. */
        double real(int i);

        /** What {@link #real} leaves away: r = real + low, low at most half an ulp of binary64. 0 in plain binary64. */
        double low(int i);

        /** Running error: the standard deviation σ of what a right implementation may be off by, for the type. */
        double sigma(int i);

        /** Sum of the magnitudes that went into element {@code i}: 0 when the result must be an exact zero. */
        double magnitude(int i);

        /** Number of factors of a product; 1 elsewhere. */
        int factors(int i);
    }
}
