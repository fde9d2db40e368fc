package org.aiis.reference.arithmetic;

import java.util.List;

/** A flat run of numbers, either all integers or all reals; a shape is somebody else's business. */
public sealed interface Numbers permits Integers, Reals {
    int size();

    /** The numbers at the given places, in that order. */
    Numbers gather(int[] at);

    /** The numbers of all parts, which are of one kind, one after the other. */
    static Numbers join(List<Numbers> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return parts.get(0) instanceof Integers
                ? Integers.joined(parts.stream().map(Integers.class::cast).toList())
                : Reals.joined(parts.stream().map(Reals.class::cast).toList());
    }
}
