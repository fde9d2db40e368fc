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
                Known.of("Compress", new Compress()),
                Known.of("GatherElements", new GatherElements()),
                Known.of("GatherND", new GatherND()),
                Known.of("NonZero", new NonZero()),
                Known.of("ReverseSequence", new ReverseSequence()),
                Known.of("ScatterElements", new ScatterElements()),
                Known.of("ScatterND", new ScatterND()),
                Known.of("Size", new Size()),
                Known.of("Tile", new Tile()),
                Known.of("Unique", new Unique()),
                Known.since(24, "TensorScatter", new TensorScatter()),
                Known.of("Unsqueeze", new Unsqueeze()));
    }
}
