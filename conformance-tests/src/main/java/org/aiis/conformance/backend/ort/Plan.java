package org.aiis.conformance.backend.ort;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.NodePlacement;

/** A model's graph as a session of the CPU provider alone wrote it down, and where the nodes of the model run then. */
final class Plan {
    private final Bytes model;
    private final Optional<Carriers> carriers;
    private final Graph graph;
    private volatile Optional<List<NodePlacement>> ran = Optional.empty();

    /** @param carriers that it was loaded with */
    Plan(Bytes model, Optional<Carriers> carriers, Graph graph) {
        this.model = model;
        this.carriers = carriers;
        this.graph = graph;
    }

    Optional<Carriers> carriers() {
        return carriers;
    }

    /** Where its nodes are; planned is not run. */
    List<NodePlacement> placement(boolean hasRun) {
        if (!hasRun) {
            return placement(new Profile(Set.of()), Graph.read(model.view()));
        }
        if (ran.isEmpty()) {
            Graph original = Graph.read(model.view());
            String provider = Providers.CPU.name();
            ran = Optional.of(
                    graph.isAsIn(original)
                            ? Placement.all(original, provider)
                            : placement(Profile.planned(original, graph, provider), original));
        }
        return ran.orElseThrow();
    }

    private List<NodePlacement> placement(Profile profile, Graph original) {
        return Placement.of(original, profile, () -> Optional.of(graph), Optional::empty);
    }
}
