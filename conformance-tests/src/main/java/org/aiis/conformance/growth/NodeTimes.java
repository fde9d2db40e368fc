package org.aiis.conformance.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.bisect.Anatomy;
import org.aiis.conformance.bisect.Showing;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;
import org.aiis.spec.testing.Stimulus;

/**
 * How long each node of a model takes, as the backend itself tells it: in a session of its own that is timed, since timing takes time,
 * of the model as it is.
 *
 * @param runs of which each time is the median; 0 where nothing is told
 * @param nanos of each node in order, negative where it is not told
 */
public record NodeTimes(int runs, List<Long> nanos) {
    private static final String MODEL = "timed";

    /** Runs of a model that takes less than a second, with what its loading takes. */
    private static final int MOST = 11;

    private static final int FEWEST = 3;
    private static final double SECONDS_OF_MOST = 1;
    private static final double SECONDS_OF_FEWEST = 5;

    /** Nodes run, all runs together: a backend notes each. */
    private static final int MOST_NOTED = 200_000;

    /** Of a backend that does not tell. */
    public static final NodeTimes NOT_TOLD = new NodeTimes(0, List.of());

    public NodeTimes {
        nanos = List.copyOf(nanos);
    }

    /**
     * Of a worker that lists that it times nodes.
     *
     * @param showing how it is shown models
     * @param whole the model with its inputs
     * @param seconds that it took to load and run it once
     */
    public static NodeTimes of(
            WorkerPool pool, Showing showing, Anatomy anatomy, Stimulus.ModelRun whole, double seconds) {
        if (!pool.sut().optionalSteps().contains(Step.TIMES)) {
            return NOT_TOLD;
        }
        int nodes = anatomy.nodes().size();
        int runs = Math.max(
                FEWEST,
                Math.min(
                        MOST_NOTED / Math.max(1, nodes),
                        seconds < SECONDS_OF_MOST ? MOST : seconds < SECONDS_OF_FEWEST ? MOST / 2 : FEWEST));
        List<Step> steps = new ArrayList<>(List.of(showing.load(MODEL, whole.model(), false, true)));
        for (int run = 0; run <= runs; run++) { // The first one is not counted.
            steps.add(keeping(whole, anatomy));
        }
        steps.add(new Step.Close(MODEL));
        return pool.observe(new Stimulus.Script(steps)) instanceof Observation.Transcript told
                        && told.steps().size() == steps.size()
                        && told.steps().stream().allMatch(Observation.Outputs.class::isInstance)
                ? read((Observation.Outputs) told.steps().get(steps.size() - 1), nodes, runs)
                : NOT_TOLD;
    }

    /** The outputs stay where they are: it would take longer to send them than to run. */
    private static Step keeping(Stimulus.ModelRun whole, Anatomy anatomy) {
        SortedMap<String, Step.Feed> feeds = new TreeMap<>();
        whole.inputs().forEach((name, tensor) -> feeds.put(name, new Step.Feed.Inline(tensor)));
        SortedMap<String, String> keep = new TreeMap<>();
        anatomy.results().forEach(name -> keep.put(name, "timed/" + name));
        return new Step.Run(MODEL, feeds, keep, List.of());
    }

    private static NodeTimes read(Observation.Outputs closed, int nodes, int runs) {
        Recorded value = closed.values().get(Step.NODE_NANOS);
        if (!(value instanceof Recorded.Whole whole)) {
            return NOT_TOLD;
        }
        Tensor tensor = whole.tensor();
        if (tensor.type() != ElementType.INT64 || tensor.shape().rank() != 1 || tensor.size() != nodes) {
            return NOT_TOLD;
        }
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            nanos.add(tensor.integer(i));
        }
        return new NodeTimes(runs, nanos);
    }

    /** Of a node; empty where it is not told. */
    OptionalLong of(int node) {
        return node < nanos.size() && nanos.get(node) >= 0 ? OptionalLong.of(nanos.get(node)) : OptionalLong.empty();
    }
}
