package org.aiis.reference.pipeline.train;

import java.util.List;
import java.util.function.Supplier;
import org.aiis.reference.pipeline.graph.Draft;

/** A rule that makes new weights of old ones and a gradient. All weights lie in one vector, and so does each of its slots. */
public sealed interface Optimizer permits Adam, Sgd, Momentum {
    /** The learning rate where no schedule says another. */
    double rate();

    /** Names of the vectors that it keeps beside the weights. */
    List<String> slots();

    /**
     * New state as values of a graph.
     *
     * @param state weights, slots, number of steps done {@code [1]}, in this order; the new state has it too
     * @param rate draws the learning rate of this step
     */
    List<String> draw(Draft draft, List<String> state, String g, Supplier<String> rate);
}
