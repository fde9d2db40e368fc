package org.aiis.reference.operators.vision;

import java.util.List;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** What fills places that have no element. */
final class Zero {
    private Zero() {}

    /** One element: zero, false, or the empty string. */
    static Value of(ElementType type) {
        return Value.of(
                type == ElementType.STRING
                        ? Tensor.ofStrings(Shape.of(1), List.of(""))
                        : new Tensor.Builder(type, Shape.of(1)).build());
    }
}
