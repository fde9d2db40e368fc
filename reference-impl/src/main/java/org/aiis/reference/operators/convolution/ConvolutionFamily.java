package org.aiis.reference.operators.convolution;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The convolutions, by name. */
public final class ConvolutionFamily {
    private ConvolutionFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.since(27, "CausalConvWithState", new CausalConvWithState()),
                Known.since(18, "Col2Im", new Col2Im()),
                Known.of("Conv", new Conv()),
                Known.of("ConvTranspose", new ConvTranspose()),
                Known.since(19, "DeformConv", new DeformConv()));
    }
}
