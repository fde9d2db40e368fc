package org.aiis.conformance.selftest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.aiis.conformance.selftest.Check.Result;
import org.aiis.conformance.worker.LinkedFolder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;

/** What the system under test refuses, where it ran, how long it took. */
final class ModelChecks {
    private static final Tensor X = Tensor.ofFloats(Shape.of(2), 1, -0.5f);

    private ModelChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "models/one-runs",
                        "Requests",
                        "load creates a session and run runs it: Identity or Add of float32",
                        ModelChecks::oneRuns),
                broken("garbage", "bytes that are no model", "this is no model".getBytes(StandardCharsets.US_ASCII)),
                broken("cut-off", "a model that breaks off", half(Samples.identity(X))),
                new Check(
                        "models/missing-input",
                        "Answers",
                        "what a run is refused for has phase RUN, and the worker lives on",
                        ModelChecks::missingInput),
                new Check(
                        "models/placement",
                        "Requests",
                        "close tells the placement of a model that was loaded profiled, by the names of its nodes",
                        ModelChecks::placement),
                new Check(
                        "models/folder",
                        "Optional steps",
                        "load-folder, where it is listed, writes the files and loads the one at its path",
                        ModelChecks::folder),
                new Check(
                        "models/path",
                        "Optional steps",
                        "load-path, where it is listed, loads the model of a file that lies elsewhere",
                        ModelChecks::path),
                new Check(
                        "models/times",
                        "Optional steps",
                        "close tells the time of each node of a model that was loaded timed, where times is listed",
                        ModelChecks::times),
                new Check(
                        "models/measure",
                        "Answers",
                        "measure is answered by measured, or by not-driven",
                        ModelChecks::measure));
    }

    private static Result oneRuns(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        Observation loaded = adapter.perform(new Step.Load("m", Samples.identity(X), false));
        Observation ran =
                loaded instanceof Observation.Outputs ? adapter.perform(Step.Run.of("m", Samples.x(X))) : loaded;
        if (!(ran instanceof Observation.Outputs)) {
            adapter.perform(new Step.Load("m", Samples.add(X), false));
            ran = adapter.perform(Step.Run.of("m", Map.of("a", X, "b", X)));
        }
        adapter.perform(new Step.Close("m"));
        return ran instanceof Observation.Outputs
                ? Result.PASSED
                : new Result.Failed("neither runs, so that this self-test shows next to nothing: " + Adapter.told(ran));
    }

    private static byte[] half(Bytes model) {
        byte[] whole = model.toArray();
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static Check broken(String name, String what, byte[] model) {
        return new Check(
                "models/" + name, "Answers", what + ": rejected in phase LOAD, and the worker lives on", bench -> {
                    Adapter adapter = bench.shared();
                    Observation loaded = adapter.perform(new Step.Load("m", Bytes.own(model), false));
                    if (!(loaded instanceof Observation.Rejected rejected) || rejected.phase() != Phase.LOAD) {
                        return new Result.Failed("it answered " + Adapter.told(loaded));
                    }
                    if (rejected.code().isBlank()) {
                        return new Result.Failed("it was rejected without a code: " + rejected.message());
                    }
                    HandleChecks.roundTrip(adapter, "after");
                    return Result.PASSED;
                });
    }

    private static Result missingInput(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        if (!(adapter.perform(new Step.Load("m", Samples.add(X), false)) instanceof Observation.Outputs)) {
            return new Result.Skipped("Add of float32 does not load");
        }
        Observation ran = adapter.perform(Step.Run.of("m", Map.of("a", X)));
        HandleChecks.done(adapter, new Step.Close("m"));
        HandleChecks.roundTrip(adapter, "after");
        return ran instanceof Observation.Rejected rejected && rejected.phase() == Phase.RUN
                        || ran instanceof Observation.NotDriven
                ? Result.PASSED
                : new Result.Failed("a run without one of two inputs was answered " + Adapter.told(ran));
    }

    private static Result placement(Bench bench) throws Deviation {
        return closed(bench.shared(), new Step.Load("m", Samples.add(X), true), ModelChecks::placed);
    }

    private static Result placed(Observation.Outputs outputs) {
        if (outputs.placement().isEmpty()) {
            return new Result.Skipped("it tells no placement: what a profile asks of placement is then not driven");
        }
        for (NodePlacement node : outputs.placement()) {
            if (!node.node().equals("n0")) {
                return new Result.Failed("the model has one node, n0, and it tells of '" + node.node() + "'");
            }
        }
        return Result.PASSED;
    }

    private static Result folder(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        if (!adapter.describe().optionalSteps().contains(Step.FOLDER)) {
            return new Result.Skipped("it does not list folder");
        }
        Bytes model = Samples.identity(X);
        SortedMap<String, Bytes> files =
                new TreeMap<>(Map.of("deep/er/m.onnx", model, "beside.bin", Bytes.own(new byte[3])));
        return ranOnce(adapter, new Step.LoadFolder("m", "deep/er/m.onnx", files), "a model in a folder");
    }

    private static Result path(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        if (!adapter.describe().optionalSteps().contains(Step.PATH)) {
            return new Result.Skipped("it does not list path");
        }
        try (LinkedFolder folder = LinkedFolder.of(Map.of())) {
            String file = folder.write(Samples.identity(X)).toString();
            return ranOnce(adapter, new Step.LoadPath("m", file, false, false), "a model given by its path");
        }
    }

    /** Loads Identity, runs it where that went well, and closes it. */
    private static Result ranOnce(Adapter adapter, Step load, String what) throws Deviation {
        Observation loaded = adapter.perform(load);
        Observation ran =
                loaded instanceof Observation.Outputs ? adapter.perform(Step.Run.of("m", Samples.x(X))) : loaded;
        adapter.perform(new Step.Close("m"));
        return ran instanceof Observation.Outputs
                ? Result.PASSED
                : new Result.Failed(what + " was answered " + Adapter.told(ran));
    }

    private static Result times(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        if (!adapter.describe().optionalSteps().contains(Step.TIMES)) {
            return new Result.Skipped("it does not list times");
        }
        return closed(adapter, new Step.Load("m", Samples.add(X), false, true), ModelChecks::timed);
    }

    private static Result timed(Observation.Outputs outputs) {
        Recorded told = outputs.values().get(Step.NODE_NANOS);
        if (told == null) {
            return new Result.Skipped("it lists times, and tells none of this model");
        }
        Tensor nanos = told.tensor();
        boolean one = nanos.type() == ElementType.INT64 && nanos.shape().equals(Shape.of(1));
        return one && nanos.integer(0) >= -1
                ? Result.PASSED
                : new Result.Failed("the model has one node, and its times are "
                        + nanos.type().label() + nanos.shape() + (one ? ", " + nanos.integer(0) : ""));
    }

    /** Loads and runs Add, and looks at what closing it tells. */
    private static Result closed(Adapter adapter, Step.Load load, Function<Observation.Outputs, Result> told)
            throws Deviation {
        if (!(adapter.perform(load) instanceof Observation.Outputs)) {
            return new Result.Skipped("Add of float32 does not load");
        }
        if (!(adapter.perform(Step.Run.of("m", Map.of("a", X, "b", X))) instanceof Observation.Outputs)) {
            return new Result.Skipped("Add of float32 does not run");
        }
        Observation closed = adapter.perform(new Step.Close("m"));
        return closed instanceof Observation.Outputs outputs
                ? told.apply(outputs)
                : new Result.Failed("to close it answered " + Adapter.told(closed));
    }

    private static Result measure(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        if (!(adapter.perform(new Step.Load("m", Samples.identity(X), false)) instanceof Observation.Outputs)) {
            return new Result.Skipped("Identity of float32 does not load");
        }
        TreeMap<String, Tensor> sample = new TreeMap<>(Samples.x(X));
        LoadSettings settings = new LoadSettings(LoadSettings.Scenario.SINGLE_STREAM, 10, 0, 2000, 1, 1);
        long start = System.nanoTime();
        Observation measured = adapter.perform(new Step.Measure("m", List.of(sample), settings));
        long waited = System.nanoTime() - start;
        HandleChecks.done(adapter, new Step.Close("m"));
        if (measured instanceof Observation.NotDriven cannot) {
            return new Result.Skipped(cannot.reason());
        }
        if (!(measured instanceof Observation.Measured done)) {
            return new Result.Failed("it answered " + Adapter.told(measured));
        }
        HandleChecks.only(new Observation.Outputs(done.outputs(), List.of()), "y", X);
        return done.latencies().size() >= 10 && done.samples() >= 10 && done.totalNanos() <= waited
                ? Result.PASSED
                : new Result.Failed("of 10 queries it tells " + done.latencies().size() + " latencies, "
                        + done.samples() + " samples, " + done.totalNanos() + " ns of the " + waited
                        + " that it was waited for");
    }
}
