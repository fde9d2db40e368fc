package org.aiis.conformance.catalogue.operators;

import org.aiis.conformance.catalogue.OneNode;

/** How a node with its inputs is made in a setting. */
@FunctionalInterface
interface Form {
    OneNode in(Setting setting);

    /** Whether ONNX fixes every bit of the result, whatever the tolerance of the operator. */
    default boolean exact() {
        return false;
    }

    /** The same, judged bit by bit. */
    default Form exactly() {
        Form form = this;
        return new Form() {
            @Override
            public OneNode in(Setting setting) {
                return form.in(setting);
            }

            @Override
            public boolean exact() {
                return true;
            }
        };
    }
}
