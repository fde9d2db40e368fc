package org.aiis.reference.operators;

import java.util.List;

/** A graph that an attribute holds, with the values around its node at hand. */
@FunctionalInterface
public interface Body {
    /**
     * The outputs for these inputs.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the inputs do not fit the graph, or it runs beyond the bounds
     */
    List<Datum> run(List<Datum> inputs);
}
