package org.aiis.conformance.catalogue.operators;

import static org.aiis.conformance.catalogue.operators.Sequences.node;

import java.util.List;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** If, Loop and Scan, and what the graphs in them are made of. */
final class ControlFlow {
    static final ElementType LONG = ElementType.INT64;
    static final ElementType BOOL = ElementType.BOOL;

    private ControlFlow() {}

    static List<Declaration> declarations() {
        return List.of(Branching.declaration(), Looping.declaration(), Scanning.declaration());
    }

    static boolean calculated(ElementType type, int opset) {
        return type == ElementType.FLOAT32 || type == ElementType.FLOAT64 || type == LONG || type == ElementType.INT32;
    }

    static boolean sequences(ElementType type, int opset) {
        return Sequences.holds(type);
    }

    static boolean optionals(ElementType type, int opset) {
        return Sequences.holds(type) && opset >= 16;
    }

    static Tensor truth(long value) {
        return Tensor.ofLongs(BOOL, Shape.SCALAR, value);
    }

    static Tensor count(long value) {
        return Tensor.ofLongs(LONG, Shape.SCALAR, value);
    }

    static ModelBuilder graph(Setting s) {
        return new ModelBuilder(s.opset());
    }

    /** A body that takes iteration, condition and carried values, with the condition going on as it is. */
    static ModelBuilder body(Setting s, String... carried) {
        ModelBuilder body = graph(s).input("i", LONG).input("c", BOOL);
        for (String name : carried) {
            body.openInput(name, s.type());
        }
        return body.node(node("Identity", "c", "more")).openOutput("more", BOOL);
    }

    static AttributeProto body(ModelBuilder body) {
        return Attribute.of("body", body.graph());
    }
}
