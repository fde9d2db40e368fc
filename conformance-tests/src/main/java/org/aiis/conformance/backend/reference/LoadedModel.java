package org.aiis.conformance.backend.reference;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.tensor.Tensor;

/** A model that was read and checked once and can be run many times. */
@FunctionalInterface
public interface LoadedModel {
    SortedMap<String, Tensor> run(Map<String, Tensor> inputs);

    /** Runs a program as the oracle does; the references are rounded to their element types. */
    static LoadedModel of(Program program) {
        Arithmetics arithmetics = Arithmetics.reference();
        return inputs -> {
            SortedMap<String, Tensor> outputs = new TreeMap<>();
            program.evaluate(inputs, arithmetics)
                    .outputs()
                    .forEach((name, value) -> outputs.put(name, value.rounded()));
            return outputs;
        };
    }
}
