package org.aiis.conformance.catalogue.operators;

import org.aiis.conformance.catalogue.OneNode;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** Edits of the plain form that break what the schema of an operator states: numbers of inputs, types, kinds of attributes. */
final class BrokenSchema {
    private BrokenSchema() {}

    /** One input less than the operator must have, and one more than it may have. */
    static Declaration inputs(Declaration declaration, int fewest, int most) {
        return declaration
                .reject(
                        "too-few-inputs",
                        n -> new OneNode(
                                n.domain(),
                                n.operator(),
                                n.opset(),
                                n.operands().subList(0, fewest - 1),
                                n.attributes(),
                                n.outputs()))
                .reject("too-many-inputs", n -> {
                    OneNode longer = n;
                    while (longer.operands().size() < most) {
                        longer = longer.omit();
                    }
                    return longer.plus(n.operands().get(0));
                });
    }

    /** An input whose type no schema of the operator allows there. */
    static Declaration type(Declaration declaration, int input, ElementType other) {
        return declaration.reject("input-of-another-type", n -> retyped(n, input, other));
    }

    /** An input of a type that is allowed, but is not that of an input with the same type variable. */
    static Declaration unequal(Declaration declaration, int input, ElementType other) {
        return declaration.reject("unequal-types", n -> retyped(n, input, other));
    }

    private static OneNode retyped(OneNode node, int input, ElementType other) {
        Shape shape = node.operands().get(input) instanceof OneNode.Operand.Constant constant
                ? constant.tensor().shape()
                : ((OneNode.Operand.Fed) node.operands().get(input)).tensor().shape();
        Tensor.Builder tensor = new Tensor.Builder(other, shape);
        for (int i = 0; i < shape.size(); i++) {
            if (other.isFloat()) {
                tensor.setReal(i, 1);
            } else {
                tensor.setBits(i, 1);
            }
        }
        return node.replacing(input, tensor.build());
    }

    /** A real number for an attribute that is of another kind. */
    static Declaration attribute(Declaration declaration, String name) {
        return declaration.reject("attribute-of-another-kind", n -> n.with(Attribute.of(name, 1.5f)));
    }
}
