package org.aiis.reference.operators.control;

import java.util.Set;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Types;
import org.aiis.spec.tensor.ElementType;

/** What If and Loop carry. */
final class Kinds {
    private Kinds() {}

    /** Tensors and sequences, optional ones too from opset 16 on; optional sequences stay those of opset 16. */
    static Set<Type> carried(int opset) {
        if (opset < 16) {
            Set<ElementType> elements = Types.without(Types.ANY, ElementType.BFLOAT16);
            return Type.union(Type.tensors(elements), Type.sequences(elements));
        }
        Set<ElementType> elements = Types.any(opset);
        return Type.union(
                Type.tensors(elements),
                Type.sequences(elements),
                Type.optionals(Type.tensors(elements)),
                Type.optionals(Type.sequences(Types.ANY)));
    }
}
