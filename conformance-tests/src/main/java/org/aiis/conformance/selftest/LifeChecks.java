package org.aiis.conformance.selftest;

import java.util.List;
import org.aiis.conformance.selftest.Check.Result;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Memory over many cases: a worker lives as long as a run. */
final class LifeChecks {
    private static final int CYCLES = 1000;
    private static final int WEIGHTS = 32 << 10;
    private static final int REPLACED = 256 << 10;

    private LifeChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "life/1000-models",
                        "Requests",
                        "close closes the session: its memory is given back, 1,000 times",
                        LifeChecks::models),
                new Check(
                        "life/1000-tensors",
                        "Requests",
                        "a handle is replaced, and what it held is freed after the step, 1,000 times",
                        LifeChecks::tensors));
    }

    private static Result models(Bench bench) throws Deviation {
        Bytes model = Samples.weighty(WEIGHTS);
        Tensor x = Tensor.ofFloats(Shape.of(1), 1);
        try (Adapter adapter = bench.own()) {
            Observation loaded = adapter.perform(new Step.Load("m", model, false));
            if (!(loaded instanceof Observation.Outputs)) {
                return new Result.Skipped("x + w of float32 does not load: " + Adapter.told(loaded));
            }
            return bounded(adapter, 4L * WEIGHTS, () -> {
                if (!(adapter.perform(new Step.Load("m", model, false)) instanceof Observation.Outputs)) {
                    throw new Deviation("a model that loaded before does not load any more");
                }
                adapter.perform(Step.Run.of("m", Samples.x(x)));
                HandleChecks.done(adapter, new Step.Close("m"));
            });
        }
    }

    private static Result tensors(Bench bench) throws Deviation {
        Tensor tensor = Samples.telling(ElementType.UINT8, Shape.of(REPLACED));
        try (Adapter adapter = bench.own()) {
            return bounded(adapter, REPLACED, () -> HandleChecks.done(adapter, new Step.Put("w", tensor)));
        }
    }

    private interface Cycle {
        void run() throws Deviation;
    }

    /**
     * A heap that is collected grows at first, and a leak never stops: bad is growth by half of what a cycle brings in, in each
     * of four stretches that follow one another.
     */
    private static Result bounded(Adapter adapter, long bytesEach, Cycle cycle) throws Deviation {
        int stretch = CYCLES / 4;
        long tolerated = bytesEach * stretch / 2 / 1024;
        long before = -1;
        StringBuilder seen = new StringBuilder();
        boolean grewAlways = true;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < stretch; j++) {
                cycle.run();
            }
            var resident = adapter.process().residentKiB();
            if (resident.isEmpty()) {
                return new Result.Skipped("this system does not tell the memory of a process");
            }
            seen.append(seen.isEmpty() ? "" : ", ").append(resident.getAsLong() / 1024);
            grewAlways &= before < 0 || resident.getAsLong() - before > tolerated;
            before = resident.getAsLong();
        }
        return grewAlways
                ? new Result.Failed("resident memory after each " + stretch + " cycles, MiB: " + seen)
                : Result.PASSED;
    }
}
