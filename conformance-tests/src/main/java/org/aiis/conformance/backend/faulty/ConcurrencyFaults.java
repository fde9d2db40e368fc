package org.aiis.conformance.backend.faulty;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Faults that only show when threads share an implementation. Each waits a moment where a race would be lost now and then. */
final class ConcurrencyFaults {
    private ConcurrencyFaults() {}

    static List<Fault.Named> all() {
        return List.of(
                new Fault.Named(
                        "one-output-buffer",
                        "SESS-CONCURRENT-RUNS",
                        "the runs of a session write their outputs into one buffer",
                        () -> new SharedOutputs(Step.Run::model)),
                new Fault.Named(
                        "one-buffer-for-all",
                        "SESS-CONCURRENT-SESSIONS",
                        "the runs of all sessions write their outputs into one buffer",
                        () -> new SharedOutputs(run -> "")),
                new Fault.Named(
                        "creation-races",
                        "SESS-CONCURRENT-CREATE",
                        "of models that are loaded at the same time the last one is loaded for all",
                        CreationRaces::new),
                new Fault.Named(
                        "errors-spill",
                        "SESS-CONCURRENT-ERROR",
                        "a run that fails takes along the runs that are under way",
                        ErrorsSpill::new),
                new Fault.Named(
                        "one-size",
                        "SESS-SHAPES-CONCURRENT",
                        "a run gives as many elements as the run of its session that began last has of inputs",
                        OneSize::new));
    }

    private static void moment() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record SharedOutputs(Function<Step.Run, String> whose, Map<String, Observation> buffers) implements Fault {
        SharedOutputs(Function<Step.Run, String> whose) {
            this(whose, new ConcurrentHashMap<>());
        }

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            Observation right = next.apply(step);
            if (!(step instanceof Step.Run run) || !(right instanceof Observation.Outputs)) {
                return right;
            }
            buffers.put(whose.apply(run), right);
            moment();
            return buffers.getOrDefault(whose.apply(run), right);
        }
    }

    private static final class CreationRaces implements Fault {
        private final Map<String, Step.Load> loading = new ConcurrentHashMap<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (!(step instanceof Step.Load load)) {
                return next.apply(step);
            }
            loading.put("", load);
            moment();
            Step.Load last = loading.getOrDefault("", load);
            return next.apply(new Step.Load(load.model(), last.bytes(), load.profiled()));
        }
    }

    private static final class ErrorsSpill implements Fault {
        private final AtomicLong errors = new AtomicLong();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            long before = errors.get();
            Observation right = next.apply(step);
            if (!(step instanceof Step.Run)) {
                return right;
            }
            if (right instanceof Observation.Rejected) {
                errors.incrementAndGet();
                return right;
            }
            moment();
            return errors.get() == before
                    ? right
                    : new Observation.Rejected(Observation.Phase.RUN, "FAIL", "another run failed");
        }
    }

    private static final class OneSize implements Fault {
        private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

        @Override
        public Observation answer(Step step, Function<Step, Observation> next) {
            if (!(step instanceof Step.Run run)) {
                return next.apply(step);
            }
            int own = size(run);
            sizes.put(run.model(), own);
            Observation right = next.apply(step);
            int last = sizes.getOrDefault(run.model(), own);
            return last == own || !(right instanceof Observation.Outputs outputs) ? right : cut(outputs, last);
        }

        private static int size(Step.Run run) {
            return run.inputs().values().stream()
                    .filter(Step.Feed.Inline.class::isInstance)
                    .mapToInt(feed -> ((Step.Feed.Inline) feed).tensor().size())
                    .sum();
        }

        private static Observation cut(Observation.Outputs outputs, int size) {
            Map<String, Tensor> cut = new TreeMap<>();
            outputs.values().forEach((name, value) -> cut.put(name, SessionFaults.zeroFrom(size, value)));
            return Observation.Outputs.of(cut);
        }
    }
}
