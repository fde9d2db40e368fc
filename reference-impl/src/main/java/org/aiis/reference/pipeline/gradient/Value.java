package org.aiis.reference.pipeline.gradient;

import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.tensor.ElementType;

/** A value of a graph: its name there, element type and extents. */
public record Value(String name, ElementType type, List<Extent> extents) {
    public Value {
        extents = List.copyOf(extents);
    }

    public int rank() {
        return extents.size();
    }

    public Extent extent(int axis) {
        return extents.get(axis);
    }

    /** All elements. */
    Extent size() {
        return extents.stream().reduce(Extent.of(1), Extent::times);
    }

    /** Its extents with that of one axis replaced. */
    List<Extent> with(int axis, Extent extent) {
        List<Extent> changed = new ArrayList<>(extents);
        changed.set(axis, extent);
        return changed;
    }

    Object[] declared() {
        return extents.stream().map(Extent::declared).toArray();
    }
}
