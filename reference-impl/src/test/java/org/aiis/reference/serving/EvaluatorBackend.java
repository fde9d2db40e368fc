package org.aiis.reference.serving;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** The oracle's evaluator as a backend that many threads may ask at once. */
public final class EvaluatorBackend implements Backend {
    private final Map<String, Program> programs = new ConcurrentHashMap<>();

    @Override
    public Sut describe() {
        return new Sut(
                "evaluator",
                "AIIS",
                "1",
                "reference",
                "oracle",
                new TreeMap<>(),
                new TreeMap<>(Map.of(Step.KNOWN, "together")));
    }

    @Override
    public Observation perform(Step step) {
        try {
            if (step instanceof Step.Load load) {
                programs.put(load.model(), Program.load(load.bytes()));
            } else if (step instanceof Step.Run run) {
                return run(run);
            }
            return Observation.Outputs.none();
        } catch (Oracle.Refusal e) {
            return new Observation.Rejected(Observation.Phase.RUN, "REFUSED", String.valueOf(e.getMessage()));
        }
    }

    private Observation run(Step.Run step) {
        Map<String, Tensor> inputs = new TreeMap<>();
        step.inputs().forEach((name, feed) -> inputs.put(name, ((Step.Feed.Inline) feed).tensor()));
        SortedMap<String, Tensor> outputs = new TreeMap<>();
        Program program = programs.get(step.model());
        if (program == null) {
            return new Observation.NotDriven("no model " + step.model());
        }
        program.evaluate(inputs, Arithmetics.reference())
                .outputs()
                .forEach((name, value) -> outputs.put(name, value.rounded()));
        return Observation.Outputs.of(outputs);
    }

    @Override
    public void close() {
        programs.clear();
    }
}
