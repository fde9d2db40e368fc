package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aiis.onnx.AttributeProto;
import org.aiis.reference.onnx.Attribute;

/** Products of matrices, with their derivatives. */
public final class Linear {
    private Linear() {}

    /** a·b, without an addend. */
    public static Value matMul(Tape tape, Value a, Value b) {
        check(a, false, b, false);
        Value y = tape.node("MatMul", List.of(a, b), a.type(), List.of(a.extent(0), b.extent(1)));
        return tape.remember(List.of(a, b), y, d -> {
            d.addProduct(a, d.at(y), false, b, true);
            d.addProduct(b, a, true, d.at(y), false);
        });
    }

    /** x·kernel + bias, the bias one row. */
    public static Value dense(Tape tape, Value x, Value kernel, Value bias) {
        return gemm(tape, x, false, kernel, false, Optional.of(bias));
    }

    /** The product of two matrices, each transposed or not, plus an addend that is broadcast. */
    public static Value gemm(Tape tape, Value a, boolean transA, Value b, boolean transB, Optional<Value> addend) {
        check(a, transA, b, transB);
        List<Extent> extents = List.of(a.extent(transA ? 1 : 0), b.extent(transB ? 0 : 1));
        List<Value> inputs = new ArrayList<>(List.of(a, b));
        addend.ifPresent(inputs::add);
        List<AttributeProto> attributes = new ArrayList<>();
        if (transA) {
            attributes.add(Attribute.of("transA", 1));
        }
        if (transB) {
            attributes.add(Attribute.of("transB", 1));
        }
        Value y = tape.node("Gemm", inputs, a.type(), extents, attributes.toArray(new AttributeProto[0]));
        return tape.remember(inputs, y, d -> {
            Value by = d.at(y);
            if (transA) {
                d.addProduct(a, b, transB, by, true);
            } else {
                d.addProduct(a, by, false, b, !transB);
            }
            if (transB) {
                d.addProduct(b, by, true, a, transA);
            } else {
                d.addProduct(b, a, !transA, by, false);
            }
            addend.ifPresent(c -> d.add(c, () -> Elementwise.reduced(tape, by, c)));
        });
    }

    private static void check(Value a, boolean transA, Value b, boolean transB) {
        if (a.rank() != 2 || b.rank() != 2 || !a.extent(transA ? 0 : 1).equals(b.extent(transB ? 1 : 0))) {
            throw new IllegalStateException("the product of " + a + " and " + b);
        }
    }
}
