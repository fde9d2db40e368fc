package org.aiis.reference.operators;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An operator that runs graphs which its attributes hold; their types decide its own. */
public interface ControlFlow extends Operator {
    /**
     * The types of the inputs of a graph, given those of the node's, an empty one for an input left out.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when the node's types fit no graph
     */
    List<Type> bodyInputs(String attribute, List<Optional<Type>> given, Attributes node);

    /**
     * The types of the node's outputs, given those of the outputs of each graph by attribute.
     *
     * @throws org.aiis.spec.port.Oracle.Refusal when they do not go together
     */
    List<Type> outputs(Map<String, List<Type>> bodies, List<Optional<Type>> given, Attributes node);
}
