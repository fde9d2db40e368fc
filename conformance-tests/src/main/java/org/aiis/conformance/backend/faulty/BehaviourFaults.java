package org.aiis.conformance.backend.faulty;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.aiis.onnx.ModelProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;

/** Faults in what an implementation does: rejections, state, names, placement, death and hanging. */
final class BehaviourFaults {
    private BehaviourFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                new Fault.Named(
                        "rejects-all", "EXCH-LOAD", "refuses every model", () -> loading(BehaviourFaults::refuse)),
                new Fault.Named(
                        "accepts-all",
                        "EXCH-INPUT-MISSING",
                        "runs what it ought to refuse, and returns nothing",
                        AcceptsAll::new),
                new Fault.Named("mute", "EVID-ERROR-TEXT", "refuses without a message", Mute::new),
                new Fault.Named(
                        "dies-on-erf",
                        "OP-Erf-VALUES",
                        "its process ends at the operator Erf",
                        () -> loading(BehaviourFaults::die)),
                new Fault.Named(
                        "dies-running-cumsum",
                        "OP-CumSum-SHAPES",
                        "its process ends when a model with the operator CumSum is run",
                        () -> running(BehaviourFaults::dieRunning)),
                new Fault.Named(
                        "hangs-on-empty-not",
                        "OP-Not-SHAPES",
                        "never answers when Not meets an empty tensor",
                        () -> running(BehaviourFaults::hang)),
                new Fault.Named(
                        "state-kept",
                        "ROB-NO-STATE",
                        "a session gives the outputs of its first run again",
                        StateKept::new),
                new Fault.Named(
                        "unsteady",
                        "EVID-DETERMINISM",
                        "every second run of a session is off by an ulp",
                        Unsteady::new),
                new Fault.Named(
                        "worn",
                        "ROB-CREATE-DESTROY",
                        "float32 outputs of a model that it has loaded before are too large by 1 part in 100",
                        Worn::new),
                new Fault.Named(
                        "input-overwritten",
                        "ROB-INPUT-UNCHANGED",
                        "a run zeroes the kept tensors it reads",
                        Overwriting::new),
                new Fault.Named(
                        "names-lost", "EXCH-OUTPUT-NAMES", "outputs come back under names of its own", NamesLost::new),
                new Fault.Named(
                        "falls-back",
                        "EVID-PLACEMENT-SHARE",
                        "MatMul silently runs on another provider",
                        FallsBack::new));
    }

    private interface Loading {
        Observation load(Step.Load load, Function<Step, Observation> next);
    }

    private static Fault loading(Loading loading) {
        return new Fault() {
            @Override
            public Observation answer(Step step, Function<Step, Observation> next) {
                return step instanceof Step.Load load ? loading.load(load, next) : next.apply(step);
            }
        };
    }

    private static Observation refuse(Step.Load load, Function<Step, Observation> next) {
        return new Observation.Rejected(Observation.Phase.LOAD, "NOT_IMPLEMENTED", "nothing is implemented here");
    }

    private static Observation die(Step.Load load, Function<Step, Observation> next) {
        if (parsed(load.bytes(), "Erf")) {
            Runtime.getRuntime().halt(134);
        }
        return next.apply(load);
    }

    private static boolean parsed(Bytes bytes, String operator) {
        try {
            return Fault.uses(Models.parse(bytes), operator);
        } catch (Oracle.Refusal e) {
            return false;
        }
    }

    private interface Running {
        void before(ModelProto model, Tensor input);
    }

    private static Fault running(Running running) {
        return new Fault() {
            @Override
            public Tensor input(ModelProto model, Tensor input) {
                running.before(model, input);
                return input;
            }
        };
    }

    private static void dieRunning(ModelProto model, Tensor input) {
        if (Fault.uses(model, "CumSum")) {
            Runtime.getRuntime().halt(139);
        }
    }

    private static void hang(ModelProto model, Tensor input) {
        while (input.size() == 0 && Fault.uses(model, "Not")) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static final class AcceptsAll implements Fault {
        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            return right instanceof Observation.Rejected ? Observation.Outputs.none() : right;
        }
    }

    private static final class Mute implements Fault {
        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            return right instanceof Observation.Rejected r ? new Observation.Rejected(r.phase(), "", "") : right;
        }
    }

    private static final class StateKept implements Fault {
        private final Map<String, Observation> first = new HashMap<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (step instanceof Step.Load load) {
                first.remove(load.model());
            }
            if (step instanceof Step.Run run && run.keep().isEmpty()) {
                return first.computeIfAbsent(run.model(), m -> next.apply(step));
            }
            return next.apply(step);
        }
    }

    private static final class Unsteady implements Fault {
        private long runs;

        @Override
        public Tensor output(ModelProto model, Tensor output) {
            return runs % 2 == 0 ? output : ValueFaults.map(output, v -> Math.nextUp((float) v));
        }

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            runs = step instanceof Step.Load ? 0 : step instanceof Step.Run ? runs + 1 : runs;
            return next.apply(step);
        }
    }

    private static final class Worn implements Fault {
        private final Set<ModelProto> loaded = new HashSet<>();
        private final Set<ModelProto> worn = new HashSet<>();

        @Override
        public ModelProto model(ModelProto model) {
            if (!loaded.add(model)) {
                worn.add(model);
            }
            return model;
        }

        @Override
        public Tensor output(ModelProto model, Tensor output) {
            return worn.contains(model) ? ValueFaults.map(output, v -> v * 1.01) : output;
        }
    }

    private static final class Overwriting implements Fault {
        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation answer = next.apply(step);
            if (step instanceof Step.Run run) {
                run.inputs().values().stream()
                        .filter(Step.Feed.Kept.class::isInstance)
                        .map(Step.Feed.Kept.class::cast)
                        .filter(kept -> !run.keep().containsValue(kept.tensor()))
                        .forEach(kept -> zero(kept.tensor(), next));
            }
            return answer;
        }

        private static void zero(String handle, Function<Step, Observation> next) {
            if (next.apply(new Step.Get(handle)) instanceof Observation.Outputs found) {
                found.values().values().forEach(kept -> {
                    Tensor zeros = new Tensor.Builder(kept.type(), kept.shape()).build();
                    Observation put = next.apply(new Step.Put(handle, zeros));
                    if (!(put instanceof Observation.Outputs)) {
                        throw new IllegalStateException("the fault could not be put in: " + put);
                    }
                });
            }
        }
    }

    private static final class NamesLost implements Fault {
        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            if (!(step instanceof Step.Run) || !(right instanceof Observation.Outputs outputs)) {
                return right;
            }
            TreeMap<String, Recorded> renamed = new TreeMap<>();
            outputs.values().values().forEach(value -> renamed.put("output_" + renamed.size(), value));
            return new Observation.Outputs(renamed, outputs.placement());
        }
    }

    private static final class FallsBack implements Fault {
        private final Map<String, Boolean> products = new HashMap<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (step instanceof Step.Load load) {
                products.put(load.model(), parsed(load.bytes(), "MatMul"));
            }
            Observation right = next.apply(step);
            if (step instanceof Step.Close close
                    && right instanceof Observation.Outputs outputs
                    && products.getOrDefault(close.model(), false)) {
                return new Observation.Outputs(
                        outputs.values(),
                        outputs.placement().stream()
                                .map(p -> new NodePlacement(p.node(), p.state(), "AnotherProvider"))
                                .toList());
            }
            return right;
        }
    }
}
