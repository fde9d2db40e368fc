package org.aiis.reference.pipeline.train;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.evaluator.Program;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Step;

/** Performs steps with the evaluator; counts runs, and dies in place of one of them. */
final class EvaluatorSteps implements Training.Steps {
    private final Map<String, Program> programs = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final int diesAt;
    private int runs;

    EvaluatorSteps(int diesAt) {
        this.diesAt = diesAt;
    }

    static EvaluatorSteps immortal() {
        return new EvaluatorSteps(-1);
    }

    /** The end of the process. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public SortedMap<String, Tensor> perform(Step step) {
        SortedMap<String, Tensor> sent = new TreeMap<>();
        if (step instanceof Step.Load load) {
            programs.put(load.model(), Program.load(load.bytes()));
        } else if (step instanceof Step.Put put) {
            tensors.put(put.tensor(), put.value());
        } else if (step instanceof Step.Get get) {
            sent.put(get.tensor(), tensors.get(get.tensor()));
        } else if (step instanceof Step.Run run) {
            if (runs++ == diesAt) {
                throw new Killed();
            }
            Map<String, Tensor> inputs = new TreeMap<>();
            run.inputs()
                    .forEach((name, feed) -> inputs.put(
                            name,
                            feed instanceof Step.Feed.Inline inline
                                    ? inline.tensor()
                                    : tensors.get(((Step.Feed.Kept) feed).tensor())));
            SortedMap<String, Tensor> outputs = programs.get(run.model()).values(inputs);
            run.keep().forEach((output, handle) -> tensors.put(handle, outputs.get(output)));
            run.fetch().forEach(name -> sent.put(name, outputs.get(name)));
        }
        return sent;
    }
}
