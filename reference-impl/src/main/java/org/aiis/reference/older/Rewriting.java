package org.aiis.reference.older;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A node of an older version on its way to nodes of version 13. Tensors in between have names that no model uses. */
final class Rewriting {
    private final NodeProto old;
    private final int version;
    private final Scope scope;
    private final List<NodeProto> nodes = new ArrayList<>();

    Rewriting(NodeProto old, int version, Scope scope) {
        this.old = old;
        this.version = version;
        this.scope = scope;
    }

    NodeProto old() {
        return old;
    }

    int version() {
        return version;
    }

    Scope scope() {
        return scope;
    }

    Optional<AttributeProto> attribute(String name) {
        return old.getAttributeList().stream()
                .filter(a -> a.getName().equals(name))
                .findFirst();
    }

    long integer(String name, long otherwise) {
        return attribute(name).map(AttributeProto::getI).orElse(otherwise);
    }

    String word(String name, String otherwise) {
        return attribute(name).map(a -> a.getS().toStringUtf8()).orElse(otherwise);
    }

    /** Integers of an attribute as a tensor of rank 1; an empty name where it is left out. */
    String integers(String attribute) {
        return attribute(attribute)
                .map(a -> constant(
                        attribute,
                        Tensor.ofLongs(
                                ElementType.INT64,
                                Shape.of(a.getIntsCount()),
                                a.getIntsList().stream()
                                        .mapToLong(Long::longValue)
                                        .toArray())))
                .orElse("");
    }

    /** The type of an input, float32 where it is not told. */
    ElementType type(int input) {
        return scope.type(old.getInput(input)).orElse(ElementType.FLOAT32);
    }

    String constant(String what, Tensor value) {
        return then("Constant", what, List.of(), Attribute.of("value", value));
    }

    /** A node in front; gives the name of its output. */
    String then(String operator, String what, List<String> inputs, AttributeProto... attributes) {
        String output = inner(what);
        nodes.add(NodeProto.newBuilder()
                .setName(old.getName())
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build());
        return output;
    }

    String inner(String what) {
        String first = old.getOutputList().stream()
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
        return OlderForms.INNER + first + "/" + what;
    }

    /** The node itself, last, with other inputs and without some attributes. */
    List<NodeProto> last(String operator, List<String> inputs, List<String> without, AttributeProto... more) {
        NodeProto.Builder node = old.toBuilder()
                .setOpType(operator)
                .clearInput()
                .addAllInput(inputs)
                .clearAttribute();
        old.getAttributeList().stream()
                .filter(a -> !without.contains(a.getName()))
                .forEach(node::addAttribute);
        return last(node.addAllAttribute(List.of(more)).build());
    }

    List<NodeProto> last(NodeProto node) {
        nodes.add(node);
        return List.copyOf(nodes);
    }

    Oracle.Refusal refusal(String why) {
        return new Oracle.Refusal(true, "node '" + old.getName() + "' (" + old.getOpType() + "): " + why);
    }
}
