package org.aiis.reference.operators.normalisation;

import java.util.Set;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * The type in which a normalisation calculates its first stage. X is rounded to it first where it is wider, and the
 * normalised numbers to the type of X after.
 */
record Stash(ElementType type) {
    /** The type of the attribute stash_type, which must be one of these. */
    static Stash of(Attributes attributes, Set<ElementType> allowed) {
        long number = attributes.integer("stash_type");
        return new Stash(allowed.stream()
                .filter(type -> type.onnx() == number)
                .findFirst()
                .orElseThrow(() -> attributes.refusal("stash_type " + number + " is none of " + allowed)));
    }

    Arithmetic arithmetic(Call call) {
        return call.arithmetic(type);
    }

    Numbers enter(Call call, Value x) {
        return holds(type, x.type()) ? x.numbers() : arithmetic(call).unary(Unary.STORED, x.numbers());
    }

    Numbers leave(Call call, Numbers normal) {
        ElementType to = call.input(0).type();
        return holds(to, type) ? normal : call.arithmetic(to).unary(Unary.STORED, normal);
    }

    /** Whether one type holds every number of another. */
    private static boolean holds(ElementType wide, ElementType narrow) {
        return wide.format().fractionBits() >= narrow.format().fractionBits()
                && wide.format().exponentBits() >= narrow.format().exponentBits();
    }
}
