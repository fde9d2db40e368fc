package org.aiis.reference.operators.sequences;

import java.util.Set;
import org.aiis.reference.operators.Type;
import org.aiis.reference.operators.Types;
import org.aiis.spec.tensor.ElementType;

/** What an optional may hold. */
final class Optionals {
    private Optionals() {}

    /** Tensors and sequences; those of opset 15 until 28. */
    static Set<Type> contents(int opset) {
        Set<ElementType> elements = opset < 28 ? Elements.ALL : Types.any(opset);
        return Type.union(Type.tensors(elements), Type.sequences(elements));
    }

    /** Optionals, and from opset 18 on also what they may hold. */
    static Set<Type> asked(int opset) {
        Set<Type> optionals = Type.optionals(contents(opset));
        return opset < 18 ? optionals : Type.union(optionals, contents(opset));
    }
}
