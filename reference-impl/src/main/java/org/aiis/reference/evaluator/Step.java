package org.aiis.reference.evaluator;

import java.util.List;
import org.aiis.reference.operators.Attributes;
import org.aiis.reference.operators.Operator;
import org.aiis.spec.tensor.ElementType;

/** A node that was checked; an empty name leaves an optional input or output out. */
record Step(
        Operator operator,
        int version,
        Attributes attributes,
        List<String> inputs,
        List<String> outputs,
        List<ElementType> outputTypes) {
    Step {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        outputTypes = List.copyOf(outputTypes);
    }
}
