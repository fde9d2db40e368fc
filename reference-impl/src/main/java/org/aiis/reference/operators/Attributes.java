package org.aiis.reference.operators;

import java.util.Map;
import java.util.TreeMap;
import org.aiis.onnx.AttributeProto;
import org.aiis.onnx.NodeProto;
import org.aiis.onnx.TensorProto;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** The attributes of a node, checked against its signature, defaults filled in. */
public final class Attributes {
    private final String node;
    private final Map<String, AttributeProto> values = new TreeMap<>();

    private Attributes(String node) {
        this.node = node;
    }

    /**
     * Reads a node's attributes.
     *
     * @throws Oracle.Refusal when one is unknown, of the wrong type, given twice, missing, or no word that is allowed
     */
    public static Attributes of(NodeProto proto, Signature signature) {
        Attributes attributes = new Attributes("node '" + proto.getName() + "' (" + proto.getOpType() + ")");
        for (AttributeProto attribute : proto.getAttributeList()) {
            attributes.accept(attribute, signature);
        }
        signature.attributes().forEach((name, declared) -> {
            if (!attributes.has(name)) {
                if (declared.required()) {
                    throw attributes.refusal("attribute '" + name + "' is missing");
                }
                declared.otherwise().ifPresent(value -> attributes.values.put(name, value));
            }
        });
        return attributes;
    }

    private void accept(AttributeProto attribute, Signature signature) {
        String name = attribute.getName();
        Signature.Declared declared = signature.attributes().get(name);
        if (declared == null) {
            throw refusal("attribute '" + name + "' is not known");
        }
        if (attribute.getType() != declared.type() || attribute.hasRefAttrName()) {
            throw refusal("attribute '" + name + "' is " + attribute.getType() + ", must be " + declared.type());
        }
        String word = attribute.getS().toStringUtf8();
        if (!declared.words().isEmpty() && !declared.words().contains(word)) {
            throw refusal("attribute '" + name + "' is '" + word + "', must be one of " + declared.words());
        }
        if (values.put(name, attribute) != null) {
            throw refusal("attribute '" + name + "' is given twice");
        }
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    private AttributeProto value(String name) {
        AttributeProto value = values.get(name);
        if (value == null) {
            throw refusal("attribute '" + name + "' is missing");
        }
        return value;
    }

    public long integer(String name) {
        return value(name).getI();
    }

    /** The element type that an integer attribute names by ONNX's number. */
    public ElementType elementType(String name) {
        long number = integer(name);
        return ElementType.ofOnnx((int) Math.max(-1, Math.min(number, 1000)))
                .orElseThrow(() -> refusal("attribute '" + name + "' is the unknown element type " + number));
    }

    /** Whether an integer attribute is not 0. */
    public boolean flag(String name) {
        return integer(name) != 0;
    }

    public double real(String name) {
        return value(name).getF();
    }

    public String word(String name) {
        return value(name).getS().toStringUtf8();
    }

    public long[] integers(String name) {
        return value(name).getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    public AttributeProto proto(String name) {
        return value(name);
    }

    /** A type of tensors, sequences, or optionals of them. */
    public Type type(String name) {
        return Type.of(value(name).getTp())
                .orElseThrow(() -> refusal("attribute '" + name + "' is no type of tensors"));
    }

    public TensorProto tensorProto(String name) {
        return value(name).getT();
    }

    public Tensor tensor(String name) {
        return TensorProtos.read(tensorProto(name));
    }

    /** Why the model alone is refused, with the node's name. */
    public Oracle.Refusal refusal(String why) {
        return new Oracle.Refusal(true, node + ": " + why);
    }

    /** Why a run is refused, with the node's name. */
    public Oracle.Refusal refusalAtRun(String why) {
        return new Oracle.Refusal(false, node + ": " + why);
    }
}
