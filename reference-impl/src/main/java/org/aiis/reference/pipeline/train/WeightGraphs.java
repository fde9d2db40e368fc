package org.aiis.reference.pipeline.train;

import java.util.List;
import org.aiis.reference.pipeline.graph.Draft;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/** Graphs that move weights and compute nothing. */
final class WeightGraphs {
    private WeightGraphs() {}

    /** The vector {@code w} as kernels and biases, by the names of {@link DenseLayers#names}. */
    static Bytes unpacked(DenseLayers layers, ElementType type) {
        Draft draft = new Draft(17, type).input("w", type, layers.parameters());
        List<String> pieces = layers.unpack(draft, "w");
        for (int i = 0; i < pieces.size(); i++) {
            Object[] extents = layers.pieces().get(i).dims().toArray();
            draft.output(layers.names().get(i), pieces.get(i), type, extents);
        }
        return draft.build();
    }
}
