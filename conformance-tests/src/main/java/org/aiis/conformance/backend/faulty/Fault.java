package org.aiis.conformance.backend.faulty;

import java.util.Map;
import org.aiis.conformance.backend.reference.LoadedModel;
import org.aiis.onnx.ModelProto;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * One thing that an implementation does wrong. Each place where a fault can sit is a method that does nothing unless the
 * fault overrides it.
 */
interface Fault {
    /** The model as the faulty implementation understands it. */
    default ModelProto model(ModelProto model) {
        return model;
    }

    /** An input as the faulty implementation reads it. */
    default Tensor input(ModelProto model, Tensor input) {
        return input;
    }

    /** An output as the faulty implementation leaves it. */
    default Tensor output(ModelProto model, Tensor output) {
        return output;
    }

    /** A session of the model; {@code right} runs it rightly, and its inputs and outputs pass through the fault outside of it. */
    default LoadedModel loaded(ModelProto model, LoadedModel right) {
        return right;
    }

    /** The answer to a step, after everything else; {@code next} answers rightly. */
    default Observation answer(Step step, java.util.function.Function<Step, Observation> next) {
        return next.apply(step);
    }

    /** Operators of a model, by name. */
    static boolean uses(ModelProto model, String... operators) {
        for (var node : model.getGraph().getNodeList()) {
            for (String operator : operators) {
                if (node.getOpType().equals(operator)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * A fault that can be asked for.
     *
     * @param breaks a requirement that it breaks
     * @param summary what is wrong
     * @param make a fresh one for each backend, since faults may hold state
     * @param ofOptimiser whether it is gone when graph optimisation is off
     */
    record Named(
            String name, String breaks, String summary, java.util.function.Supplier<Fault> make, boolean ofOptimiser) {
        Named(String name, String breaks, String summary, java.util.function.Supplier<Fault> make) {
            this(name, breaks, summary, make, false);
        }
    }

    /** Inputs of a run with every tensor passed through the fault. */
    default Map<String, Tensor> inputs(ModelProto model, Map<String, Tensor> inputs) {
        Map<String, Tensor> changed = new java.util.TreeMap<>();
        inputs.forEach((name, tensor) -> changed.put(name, input(model, tensor)));
        return changed;
    }

    /** The description that it gives of itself. */
    default Sut describe(Sut sut) {
        return sut;
    }
}
