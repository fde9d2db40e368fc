package org.aiis.conformance.catalogue.operators;

import org.aiis.conformance.catalogue.OneNode;
import org.aiis.spec.tensor.ElementType;

/** How a node with its inputs is made in a setting. */
@FunctionalInterface
interface Form {
    OneNode in(Setting setting);

    /** Whether ONNX fixes every bit of the result, whatever the tolerance of the operator. */
    default boolean exact() {
        return false;
    }

    /** The type by which a statement claims the case, where it is another than that of the setting. */
    default ElementType claimed(ElementType own) {
        return own;
    }

    /** The same, which only a statement that claims a type has to run, judged bit by bit where {@code exact}. */
    default Form claimedWith(ElementType type, boolean exact) {
        Form form = this;
        return new Form() {
            @Override
            public OneNode in(Setting setting) {
                return form.in(setting);
            }

            @Override
            public boolean exact() {
                return exact;
            }

            @Override
            public ElementType claimed(ElementType own) {
                return type;
            }
        };
    }
}
