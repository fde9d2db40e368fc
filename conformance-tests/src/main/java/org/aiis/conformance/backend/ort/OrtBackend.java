package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.conformance.backend.ort.OrtTensors.Unreachable;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Recorded;
import org.aiis.spec.testing.Step;

/**
 * ONNX Runtime with one of its providers. Lives in a worker: models can kill the process. Loads and runs may come from many
 * threads at once, as ONNX Runtime allows for its environment and its sessions.
 */
final class OrtBackend implements Backend {
    private final String word;
    private final OrtRuntime runtime;
    private final OrtEnvironment environment;
    private final OrtSettings settings;
    private final Map<String, OrtModel> models = new ConcurrentHashMap<>();
    private final Map<String, OnnxValue> tensors = new ConcurrentHashMap<>();

    private OrtBackend(String word, OrtRuntime runtime) {
        this.word = word;
        this.runtime = runtime;
        this.environment = runtime.environment();
        this.settings = runtime.settings();
    }

    /**
     * Starts ONNX Runtime.
     *
     * @param word by which it was asked for
     * @throws org.aiis.spec.codec.InputException when a library is missing or the provider does not come up
     */
    static OrtBackend open(String word, OrtSettings settings) {
        return new OrtBackend(word, OrtRuntime.start(settings));
    }

    @Override
    public Sut describe() {
        return new Sut(
                "ONNX Runtime",
                runtime.attachment().vendor(),
                runtime.version(),
                word,
                runtime.attachment().name(),
                runtime.libraries(),
                Described.of(runtime));
    }

    @Override
    public Observation perform(Step step) {
        try {
            if (step instanceof Step.Load s) {
                return load(s);
            } else if (step instanceof Step.Put s) {
                keep(s.tensor(), OrtTensors.toOrt(environment, s.value()));
                return Observation.Outputs.none();
            } else if (step instanceof Step.Run s) {
                return run(s);
            } else if (step instanceof Step.Get s) {
                Tensor tensor = OrtTensors.fromOrt(s.tensor(), tensor(s.tensor()));
                return Observation.Outputs.of(Map.of(s.tensor(), tensor));
            } else if (step instanceof Step.Drop s) {
                tensor(s.tensor());
                Optional.ofNullable(tensors.remove(s.tensor())).ifPresent(OnnxValue::close);
                return Observation.Outputs.none();
            } else if (step instanceof Step.Close s) {
                return close(s);
            } else if (step instanceof Step.Measure s) {
                return new OrtLoad(environment, model(s.model())).measure(s, settings);
            } else if (step instanceof Step.Cancel s) {
                return cancel(s);
            } else if (step instanceof Step.Compile s) {
                return compile(s);
            } else if (step instanceof Step.Restore s) {
                return restore(s);
            } else if (step instanceof Step.LoadFolder s) {
                return hold(s.model(), OrtModel.read(runtime, ModelFolder.write(runtime.scratch(), s)));
            } else if (step instanceof Step.LoadPath s) {
                return hold(s.model(), OrtModel.read(runtime, Path.of(s.path()), s.profiled(), s.timed()));
            }
            return new Observation.NotDriven("the suite expands LoadExported before a backend sees it");
        } catch (OrtException e) {
            return rejected(step.phase(), e);
        } catch (Unreachable e) {
            return new Observation.NotDriven(String.valueOf(e.getMessage()));
        }
    }

    private Observation load(Step.Load step) throws OrtException, Unreachable {
        return hold(step.model(), OrtModel.load(runtime, step.bytes(), step.profiled(), step.timed()));
    }

    private Observation hold(String handle, OrtModel loaded) throws OrtException {
        OrtModel before = models.put(handle, loaded);
        if (before != null) {
            before.close();
        }
        return Observation.Outputs.none();
    }

    private Observation compile(Step.Compile step) throws OrtException, Unreachable {
        Bytes compiled = CompiledModel.of(runtime, step.bytes());
        Tensor tensor = Tensor.ofBytes(ElementType.UINT8, Shape.of(compiled.size()), compiled.toArray());
        keep(step.tensor(), OrtTensors.toOrt(environment, tensor));
        return Observation.Outputs.none();
    }

    private Observation restore(Step.Restore step) throws OrtException, Unreachable {
        Tensor compiled = OrtTensors.fromOrt(step.tensor(), tensor(step.tensor()));
        return hold(step.model(), OrtModel.load(runtime, Bytes.own(compiled.toByteArray()), false, false));
    }

    private Observation close(Step.Close step) throws OrtException, Unreachable {
        OrtModel model = model(step.model());
        models.remove(step.model());
        OrtModel.Told told = model.close();
        SortedMap<String, Recorded> values = new TreeMap<>();
        told.nanos()
                .ifPresent(nanos -> values.put(
                        Step.NODE_NANOS,
                        new Recorded.Whole(Tensor.ofLongs(ElementType.INT64, Shape.of(nanos.length), nanos))));
        return new Observation.Outputs(values, told.placement());
    }

    private Observation cancel(Step.Cancel step) throws OrtException, Unreachable {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            return new Cancelling(options).perform(step.afterMillis(), () -> run(step.run(), Optional.of(options)));
        }
    }

    private Observation run(Step.Run step) throws OrtException, Unreachable {
        return run(step, Optional.empty());
    }

    private Observation run(Step.Run step, Optional<OrtSession.RunOptions> options) throws OrtException, Unreachable {
        OrtModel model = model(step.model());
        OrtSession session = model.session();
        List<OnnxValue> ours = new ArrayList<>();
        try {
            Map<String, OnnxTensor> feeds = new HashMap<>();
            for (var input : step.inputs().entrySet()) {
                boolean carried = isCarried(model, input.getKey());
                feeds.put(
                        carried ? Carriers.outside(input.getKey()) : input.getKey(),
                        feed(input.getValue(), carried, ours));
            }
            Set<String> wanted = wanted(step, model);
            Optional<Observation> unknown = unknownName(session, feeds.keySet(), wanted);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            OrtSession.Result result =
                    options.isPresent() ? session.run(feeds, wanted, options.get()) : session.run(feeds, wanted);
            model.noteRun();
            return answered(step, model, result);
        } finally {
            ours.forEach(OnnxValue::close);
        }
    }

    /** The names that the model asks of the binding: the Java API checks them before ONNX Runtime sees the call. */
    static Optional<Observation> unknownName(OrtSession session, Set<String> inputs, Set<String> outputs) {
        if (!session.getInputNames().containsAll(inputs)) {
            return Optional.of(new Observation.Rejected(
                    Phase.RUN,
                    "INVALID_ARGUMENT",
                    "inputs " + inputs + " fed, the model has " + session.getInputNames()));
        }
        if (!session.getOutputNames().containsAll(outputs)) {
            return Optional.of(new Observation.Rejected(
                    Phase.RUN,
                    "INVALID_ARGUMENT",
                    "outputs " + outputs + " asked for, the model has " + session.getOutputNames()));
        }
        return Optional.empty();
    }

    private static boolean isCarried(OrtModel model, String input) {
        return model.carriers().filter(c -> c.inputs().containsKey(input)).isPresent();
    }

    private OnnxTensor feed(Step.Feed feed, boolean carried, List<OnnxValue> ours) throws OrtException, Unreachable {
        if (feed instanceof Step.Feed.Inline inline) {
            OnnxTensor tensor =
                    OrtTensors.toOrt(environment, carried ? Carriers.carried(inline.tensor()) : inline.tensor());
            ours.add(tensor);
            return tensor;
        }
        String handle = ((Step.Feed.Kept) feed).tensor();
        if (tensor(handle) instanceof OnnxTensor tensor) {
            return tensor;
        }
        throw new Unreachable("'" + handle + "' is not a tensor, and the Java API takes tensors alone as inputs");
    }

    private static Set<String> wanted(Step.Run step, OrtModel model) throws Unreachable {
        Set<String> wanted = new LinkedHashSet<>();
        Map<String, ElementType> carried =
                model.carriers().map(Carriers::outputs).orElse(Map.of());
        for (String output : step.fetch()) {
            wanted.add(carried.containsKey(output) ? Carriers.outside(output) : output);
        }
        for (String output : step.keep().keySet()) {
            if (carried.containsKey(output)) {
                throw new Unreachable("output '" + output + "' cannot be kept: its type does not cross the Java API");
            }
            wanted.add(output);
        }
        return wanted.isEmpty() ? model.session().getOutputNames() : wanted;
    }

    /** Kept outputs change owner, from the result to this backend, without a copy; the others are read and freed. */
    private Observation answered(Step.Run step, OrtModel model, OrtSession.Result result)
            throws OrtException, Unreachable {
        boolean all = step.keep().isEmpty() && step.fetch().isEmpty();
        SortedMap<String, Recorded> values = new TreeMap<>();
        Set<String> kept = new HashSet<>();
        Map<String, ElementType> carried = new HashMap<>();
        model.carriers().ifPresent(c -> c.outputs().forEach((name, type) -> carried.put(Carriers.outside(name), type)));
        try {
            for (Map.Entry<String, OnnxValue> output : result) {
                ElementType type = carried.get(output.getKey());
                String name = type == null
                        ? output.getKey()
                        : output.getKey().substring(0, output.getKey().length() - Carriers.SUFFIX.length());
                if (all || step.fetch().contains(name)) {
                    Tensor tensor = OrtTensors.fromOrt(name, output.getValue());
                    values.put(name, new Recorded.Whole(type == null ? tensor : Carriers.inType(tensor, type)));
                }
            }
            for (var keep : step.keep().entrySet()) {
                result.get(keep.getKey()).ifPresent(value -> {
                    kept.add(keep.getKey());
                    keep(keep.getValue(), value);
                });
            }
            return new Observation.Outputs(values, List.of());
        } finally {
            for (Map.Entry<String, OnnxValue> output : result) {
                if (!kept.contains(output.getKey())) {
                    output.getValue().close();
                }
            }
        }
    }

    private void keep(String handle, OnnxValue value) {
        OnnxValue before = tensors.put(handle, value);
        if (before != null) {
            before.close();
        }
    }

    private OnnxValue tensor(String handle) throws Unreachable {
        OnnxValue value = tensors.get(handle);
        if (value == null) {
            throw new Unreachable("no tensor is kept under '" + handle + "'");
        }
        return value;
    }

    private OrtModel model(String handle) throws Unreachable {
        OrtModel model = models.get(handle);
        if (model == null) {
            throw new Unreachable("no model is loaded under '" + handle + "'");
        }
        return model;
    }

    static Observation rejected(Phase phase, OrtException e) {
        return new Observation.Rejected(
                phase, e.getCode().name().replaceFirst("^ORT_", ""), String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxValue::close);
        tensors.clear();
        for (OrtModel model : models.values()) {
            try {
                model.close();
            } catch (OrtException e) {
                throw new IllegalStateException("a session does not close", e);
            }
        }
        models.clear();
        runtime.close();
    }
}
