package org.aiis.reference.operators.generation;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The operators that make a tensor from little, by name. */
public final class GenerationFamily {
    private GenerationFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("Constant", new Constant()),
                Known.of("ConstantOfShape", new ConstantOfShape()),
                Known.of("OneHot", new OneHot()),
                Known.of("Range", new Range()));
    }
}
