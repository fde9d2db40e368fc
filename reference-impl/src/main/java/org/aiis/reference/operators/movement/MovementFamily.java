package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The movement of elements, by name. */
public final class MovementFamily {
    private MovementFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("Concat", new Concat()),
                Known.of("Expand", new Expand()),
                Known.of("Flatten", new Flatten()),
                Known.of("Gather", new Gather()),
                Known.of("Identity", new Identity()),
                Known.of("Pad", new Pad()),
                Known.of("Reshape", new Reshape()),
                Known.of("Shape", new Shape()),
                Known.of("Slice", new Slice()),
                Known.of("Split", new Split()),
                Known.of("Squeeze", new Squeeze()),
                Known.of("Transpose", new Transpose()),
                Known.of("Unsqueeze", new Unsqueeze()));
    }
}
