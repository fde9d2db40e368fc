package org.aiis.reference.operators.quantisation;

import java.util.List;
import org.aiis.reference.operators.Known;

/** Quantisation and products of quantised tensors, by name. */
public final class QuantisationFamily {
    private QuantisationFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("ConvInteger", new ConvInteger()),
                Known.of("DequantizeLinear", new DequantizeLinear()),
                Known.of("DynamicQuantizeLinear", new DynamicQuantizeLinear()),
                Known.of("MatMulInteger", new MatMulInteger()),
                Known.of("QLinearConv", new QLinearConv()),
                Known.of("QLinearMatMul", new QLinearMatMul()),
                Known.of("QuantizeLinear", new QuantizeLinear()));
    }
}
