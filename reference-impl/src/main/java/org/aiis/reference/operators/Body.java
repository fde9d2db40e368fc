package org.aiis.reference.operators;

import java.util.List;
import org.aiis.spec.tensor.Shape;

/** A graph that an attribute holds, with the values around its node at hand. */
public interface Body {
    /**
     * The outputs for these inputs.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the inputs do not fit the graph, or it runs beyond the bounds
     */
    List<Datum> run(List<Datum> inputs);

    /** The extents that the graph declares for an output, 0 for one that it leaves open; rank 0 where it declares none. */
    Shape declaredShape(int output);
}
