package org.aiis.conformance.backend;

import java.util.Map;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** The answer of a backend to the step {@code cancel}. */
public final class Cancelled {
    private Cancelled() {}

    /**
     * A run that was under way when its end was asked for.
     *
     * @param before nanoseconds from the beginning of the run to the request
     * @param after nanoseconds from the request to the return
     * @param ended whether it came back without outputs
     */
    public static Observation answer(long before, long after, boolean ended) {
        return Observation.Outputs.of(Map.of(
                Step.MEASURED + "nanos",
                Tensor.ofLongs(ElementType.INT64, Shape.of(2), before, after),
                "ended",
                Tensor.ofLongs(ElementType.BOOL, Shape.SCALAR, ended ? 1 : 0)));
    }

    public static Observation tooLate() {
        return new Observation.NotDriven("the run was over before it was to be cancelled");
    }
}
