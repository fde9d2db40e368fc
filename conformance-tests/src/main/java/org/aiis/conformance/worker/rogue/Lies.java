package org.aiis.conformance.worker.rogue;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;

/** Rogues whose answers keep to the protocol and are not true, or not what was asked for. */
final class Lies {
    private Lies() {}

    static List<Rogues.Named> all() {
        return List.of(
                values(
                        "wrong-shape",
                        "gives its output another shape",
                        values -> values.replaceAll((name, value) ->
                                new Recorded.Whole(Tensor.ofBytes(value.type(), Shape.of(0, 1, 1), new byte[0])))),
                values(
                        "wrong-type",
                        "gives its output another element type",
                        values -> values.replaceAll((name, value) ->
                                new Recorded.Whole(Tensor.ofBytes(ElementType.FLOAT32, value.shape(), new byte[0])))),
                values("missing-output", "leaves an output out", Map::clear),
                values(
                        "extra-output",
                        "gives an output that the model does not have",
                        values -> values.put("surplus", new Recorded.Whole(Tensor.ofFloats(Shape.of(1), 1)))),
                new Rogues.Named(
                        "placement-lie",
                        "tells where nodes ran that the model does not have",
                        () -> Rogue.atClose((s, right) -> new Observation.Outputs(
                                new TreeMap<>(),
                                List.of(new NodePlacement(
                                        "no-such-node",
                                        NodePlacement.State.PROVIDER,
                                        org.aiis.conformance.backend.reference.OracleBackend.PROVIDER))))),
                new Rogues.Named("other-system", "dies in a run, and each new process is another system", Another::new),
                new Rogues.Named(
                        "silent-after-restart", "dies in a run, and no new process says who it is", Silent::new));
    }

    private static Rogues.Named values(String name, String summary, Consumer<Map<String, Recorded>> change) {
        return new Rogues.Named(
                name,
                summary,
                () -> Rogue.atRun((scene, right) -> {
                    SortedMap<String, Recorded> values = new TreeMap<>(((Observation.Outputs) right).values());
                    change.accept(values);
                    return new Observation.Outputs(values, List.of());
                }));
    }

    private static class Dying implements Rogue {
        @Override
        public Observation run(Scene scene, org.aiis.spec.testing.Step.Run run, Observation right) {
            Runtime.getRuntime().halt(5);
            return right;
        }
    }

    private static final class Another extends Dying {
        @Override
        public boolean changesWithEachStart() {
            return true;
        }
    }

    private static final class Silent extends Dying {
        @Override
        public void describing(int starts) {
            while (starts > 1) {
                LockSupport.park();
            }
        }
    }
}
