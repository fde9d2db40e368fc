package org.aiis.reference.operators.generation;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The operators that make a tensor from little, by name. */
public final class GenerationFamily {
    private GenerationFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.since(15, "Bernoulli", new Bernoulli()),
                Known.since(17, "BlackmanWindow", new BlackmanWindow()),
                Known.of("Constant", new Constant()),
                Known.of("ConstantOfShape", new ConstantOfShape()),
                Known.of("EyeLike", new EyeLike()),
                Known.since(17, "HammingWindow", new HammingWindow()),
                Known.since(17, "HannWindow", new HannWindow()),
                Known.of("Multinomial", new Multinomial()),
                Known.of("OneHot", new OneHot()),
                Known.of("RandomNormal", new RandomNormal()),
                Known.of("RandomNormalLike", new RandomNormalLike()),
                Known.of("RandomUniform", new RandomUniform()),
                Known.of("RandomUniformLike", new RandomUniformLike()),
                Known.of("Range", new Range()),
                Known.since(14, "Trilu", new Trilu()));
    }
}
