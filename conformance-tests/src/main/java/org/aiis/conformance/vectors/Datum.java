package org.aiis.conformance.vectors;

import java.util.List;
import org.aiis.spec.tensor.Tensor;

/** A value of a graph input or output, as a vector's file holds it. */
sealed interface Datum {
    record Plain(Tensor tensor) implements Datum {}

    record Sequence(List<Tensor> elements) implements Datum {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** An optional without a value. */
    record Absent() implements Datum {}
}
