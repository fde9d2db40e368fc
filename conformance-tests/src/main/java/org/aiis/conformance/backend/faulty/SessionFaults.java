package org.aiis.conformance.backend.faulty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.aiis.conformance.backend.Cancelled;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;

/** Faults in the life of a session: what it leaves behind, what it does not get over, and what a compiler loses. */
final class SessionFaults {
    private SessionFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                new Fault.Named(
                        "wears-out",
                        "SESS-CYCLES",
                        "from the 500th session of a model on, outputs are too large by 1 part in 100",
                        WearsOut::new),
                new Fault.Named(
                        "leaks-sessions", "SESS-MEMORY", "each session leaves 16 KiB behind", LeaksSessions::new),
                new Fault.Named(
                        "planned-once",
                        "SESS-SHAPES",
                        "outputs of a session end where those of its first run ended, and are zero behind",
                        PlannedOnce::new),
                new Fault.Named(
                        "stale-after-error",
                        "SESS-AFTER-ERROR",
                        "the run after one that failed gives the outputs of the last one that did not",
                        StaleAfterError::new),
                new Fault.Named(
                        "deaf",
                        "SESS-CANCEL",
                        "a cancelled run ends one and a half seconds after the request",
                        Deaf::new),
                new Fault.Named(
                        "stays-cancelled",
                        "SESS-CANCEL-NEXT",
                        "after a run was cancelled the session rejects the next one",
                        StaysCancelled::new),
                new Fault.Named(
                        "compiler-drops-relu",
                        "SESS-COMPILED",
                        "what it compiles of a model lacks each Relu",
                        CompilerDropsRelu::new),
                new Fault.Named(
                        "compiled-by-name",
                        "SESS-COMPILED-APART",
                        "keeps what it compiled by the name of the graph, one for all that are called alike",
                        CompiledByName::new));
    }

    /** A tensor whose elements from this one on are zero. */
    static Tensor zeroFrom(int first, Recorded value) {
        Tensor tensor = value.tensor();
        Tensor.Builder cut = new Tensor.Builder(tensor.type(), tensor.shape());
        for (int i = 0; i < Math.min(first, tensor.size()); i++) {
            cut.setBits(i, tensor.bits(i));
        }
        return cut.build();
    }

    private static final class WearsOut implements Fault {
        private static final int WORN = 500;
        private int loads;

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (step instanceof Step.Load) {
                loads++;
            }
            return next.apply(step);
        }

        @Override
        public Tensor output(ModelProto model, Tensor output) {
            return loads > WORN ? ValueFaults.map(output, v -> v * 1.01) : output;
        }
    }

    private static final class LeaksSessions implements Fault {
        private final List<byte[]> left = new ArrayList<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (step instanceof Step.Load) {
                left.add(new byte[16 << 10]);
            }
            return next.apply(step);
        }
    }

    private static final class PlannedOnce implements Fault {
        private final Map<String, Map<String, Integer>> planned = new HashMap<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            if (step instanceof Step.Load load) {
                planned.remove(load.model());
            }
            if (!(step instanceof Step.Run run) || !(right instanceof Observation.Outputs outputs)) {
                return right;
            }
            Map<String, Integer> sizes = planned.computeIfAbsent(run.model(), model -> new TreeMap<>());
            Map<String, Tensor> cut = new TreeMap<>();
            outputs.values().forEach((name, value) -> {
                int size = sizes.computeIfAbsent(name, n -> value.tensor().size());
                cut.put(name, zeroFrom(size, value));
            });
            return Observation.Outputs.of(cut);
        }
    }

    private static final class StaleAfterError implements Fault {
        private final Map<String, Observation> last = new HashMap<>();
        private final Set<String> failed = new HashSet<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            if (!(step instanceof Step.Run run)) {
                return right;
            }
            if (right instanceof Observation.Rejected) {
                failed.add(run.model());
                return right;
            }
            if (failed.remove(run.model())) {
                return last.getOrDefault(run.model(), right);
            }
            last.put(run.model(), right);
            return right;
        }
    }

    private static final class Deaf implements Fault {
        private static final int MILLIS = 1500;

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            if (step instanceof Step.Cancel && right instanceof Observation.Outputs outputs) {
                long late = System.nanoTime();
                try {
                    Thread.sleep(MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                Recorded nanos = outputs.values().get(Step.MEASURED + "nanos");
                if (nanos != null) {
                    long[] told = nanos.tensor().integers();
                    return Cancelled.answer(told[0], told[1] + System.nanoTime() - late, true);
                }
            }
            return right;
        }
    }

    private static final class StaysCancelled implements Fault {
        private final Set<String> cancelled = new HashSet<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (step instanceof Step.Run run && cancelled.remove(run.model())) {
                return new Observation.Rejected(Observation.Phase.RUN, "CANCELLED", "the session was told to end");
            }
            if (step instanceof Step.Cancel cancel) {
                cancelled.add(cancel.run().model());
            }
            return next.apply(step);
        }
    }

    private static final class CompilerDropsRelu implements Fault {
        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            return next.apply(
                    step instanceof Step.Compile compile
                            ? new Step.Compile(compile.tensor(), without(compile.bytes()))
                            : step);
        }

        private static Bytes without(Bytes model) {
            ModelProto.Builder changed = Models.parse(model).toBuilder();
            for (NodeProto.Builder node : changed.getGraphBuilder().getNodeBuilderList()) {
                if (node.getOpType().equals("Relu")) {
                    node.setOpType("Identity");
                }
            }
            return Bytes.own(changed.build().toByteArray());
        }
    }

    private static final class CompiledByName implements Fault {
        private final Map<String, String> nameOfTensor = new HashMap<>();
        private final Map<String, Step.Compile> byName = new HashMap<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (step instanceof Step.Compile compile) {
                String name = Models.parse(compile.bytes()).getGraph().getName();
                nameOfTensor.put(compile.tensor(), name);
                byName.put(name, compile);
            }
            if (step instanceof Step.Restore restore) {
                Step.Compile kept = byName.get(nameOfTensor.getOrDefault(restore.tensor(), ""));
                return next.apply(kept == null ? restore : new Step.Restore(restore.model(), kept.tensor()));
            }
            return next.apply(step);
        }
    }
}
