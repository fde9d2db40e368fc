package org.aiis.reference.evaluator;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Type;

/**
 * A node that was checked; an empty name leaves an optional input or output out.
 *
 * @param bodies graphs of its attributes, by attribute
 */
record Step(
        Operator operator,
        int version,
        Attributes attributes,
        List<String> inputs,
        List<String> outputs,
        List<Type> outputTypes,
        Map<String, Graph> bodies) {
    Step {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        outputTypes = List.copyOf(outputTypes);
        bodies = Map.copyOf(bodies);
    }

    /** Every name that it reads: its inputs, and what its graphs take from around them. */
    Set<String> reads() {
        Set<String> reads = new TreeSet<>(inputs);
        bodies.values().forEach(body -> reads.addAll(body.captured()));
        return reads;
    }
}
