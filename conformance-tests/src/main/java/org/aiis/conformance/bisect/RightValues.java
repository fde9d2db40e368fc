package org.aiis.conformance.bisect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * What the oracle gives for the tensors of a model, rounded to their types. All of them are held where there is room for that; else the
 * model is evaluated again for those that are asked for.
 */
public final class RightValues {
    private final Program program;
    private final Map<String, Tensor> inputs;
    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<String, Tensor> held = new HashMap<>();
    private boolean all = true;

    private RightValues(Program program, Map<String, Tensor> inputs) {
        this.program = program;
        this.inputs = Map.copyOf(inputs);
    }

    /**
     * Evaluates once.
     *
     * @param room bytes that may be held
     * @throws Oracle.Refusal when the inputs do not fit the model
     */
    public static RightValues of(Program program, Map<String, Tensor> inputs, long room) {
        RightValues values = new RightValues(program, inputs);
        long[] left = {room};
        program.evaluate(inputs, Arithmetics.values(), (name, value) -> {
            long size = size(value);
            values.bytes.put(name, size);
            left[0] -= size;
            if (left[0] >= 0) {
                values.held.put(name, value.rounded());
            } else {
                values.all = false;
                values.held.clear();
            }
        });
        return values;
    }

    private static long size(Reference.Value value) {
        return (long) Math.max(1, value.type().bytes()) * value.shape().size();
    }

    /** Types of the tensors that its nodes make. */
    public Map<String, ElementType> types() {
        return program.tensors();
    }

    /** That a tensor has; 0 of what no node makes. */
    public long bytes(String name) {
        return bytes.getOrDefault(name, 0L);
    }

    /** Inputs of the model, and what is held. */
    Map<String, Tensor> atHand() {
        Map<String, Tensor> values = new HashMap<>(held);
        values.putAll(inputs);
        return values;
    }

    /** Inputs of the model, and of what its nodes make the tensors of these names. */
    Map<String, Tensor> of(Set<String> names) {
        Map<String, Tensor> values = new HashMap<>(inputs);
        values.putAll(held);
        if (!all && names.stream().anyMatch(bytes::containsKey)) {
            program.evaluate(inputs, Arithmetics.values(), (name, value) -> {
                if (names.contains(name)) {
                    values.put(name, value.rounded());
                }
            });
        }
        return values;
    }
}
