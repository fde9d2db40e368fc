package org.aiis.conformance.bisect;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.aiis.conformance.vectors.SecondRun;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Stimulus;

/**
 * How a model or a part of it is run behind another run of the same session: with what the model makes of other inputs, so that a node
 * gets in the earlier run what it got there.
 *
 * @param tensors what the model makes of the other inputs, as far as it is held
 */
record Behind(Map<String, Tensor> tensors) {
    Behind {
        tensors = Map.copyOf(tensors);
    }

    /** Empty where there are no other inputs that the oracle takes. */
    static Optional<Behind> of(Anatomy anatomy, Map<String, Tensor> inputs) {
        SortedMap<String, Tensor> others = SecondRun.others(inputs);
        if (others.equals(inputs)) {
            return Optional.empty();
        }
        try {
            RightValues values = RightValues.of(
                    anatomy.program(anatomy.whole(others)),
                    others,
                    Runtime.getRuntime().maxMemory() / 8);
            return Optional.of(new Behind(values.atHand()));
        } catch (Oracle.Refusal refused) {
            return Optional.empty();
        }
    }

    SortedMap<String, Tensor> earlier(Stimulus.ModelRun run) {
        return SecondRun.others(run.inputs(), tensors);
    }

    /** What the second run gives. */
    Observation observe(Stimulus.ModelRun run, WorkerPool pool, Showing showing) {
        return SecondRun.of(pool.observe(SecondRun.script(
                showing.load(SecondRun.MODEL, run.model(), false, false), earlier(run), run.inputs())));
    }
}
