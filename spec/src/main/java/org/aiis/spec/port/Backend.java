package org.aiis.spec.port;

import java.util.ArrayList;
import java.util.List;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/**
 * A system under test, one step of the worker protocol at a time. A step never throws for what the system under test
 * does: that is an observation.
 */
public interface Backend extends AutoCloseable {
    /** Who it says it is. */
    Sut describe();

    Observation perform(Step step);

    /**
     * Loads a model, runs it once and closes it. A model that is not loaded is neither run nor closed, and nothing follows an
     * end of the system under test.
     *
     * @return what came of each step, up to the last that was performed
     */
    default List<Observation> once(Step load, Step.Run run, Step.Close close) {
        List<Observation> seen = new ArrayList<>(List.of(perform(load)));
        if (seen.get(0) instanceof Observation.Outputs) {
            seen.add(perform(run));
            if (!seen.get(1).ended()) {
                seen.add(perform(close));
            }
        }
        return seen;
    }

    @Override
    void close();
}
