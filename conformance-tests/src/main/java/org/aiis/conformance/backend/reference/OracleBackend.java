package org.aiis.conformance.backend.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.aiis.conformance.performance.Load;
import org.aiis.conformance.performance.LoadGenerator;
import org.aiis.onnx.NodeProto;
import org.aiis.reference.onnx.ExternalTensors;
import org.aiis.reference.onnx.Models;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.port.Backend;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Observation.Phase;
import org.aiis.spec.testing.Step;

/** Answers with the oracle's references, rounded to the element type. */
public final class OracleBackend implements Backend {
    /** The provider's name in placements. */
    public static final String PROVIDER = "ReferenceProvider";

    private final Oracle oracle;
    private final Loader loader;
    private final String word;
    private final Map<String, Loaded> models = new ConcurrentHashMap<>();
    private final Map<String, Tensor> tensors = new ConcurrentHashMap<>();

    /** Makes models that can be run; what their tensors keep outside is read from files. */
    @FunctionalInterface
    public interface Loader {
        LoadedModel load(Bytes model, ExternalTensors.Files files);

        /** Of a loader that knows no files: the model is given to it with its tensors inside. */
        static Loader ofWhole(Function<Bytes, LoadedModel> loader) {
            return (model, files) -> loader.apply(
                    files == ExternalTensors.Files.NONE
                            ? model
                            : Bytes.own(ExternalTensors.inlined(Models.parse(model), files)
                                    .toByteArray()));
        }
    }

    private record Loaded(LoadedModel model, Bytes bytes, boolean profiled) {}

    /** A backend that describes itself by an oracle and answers with the models that a loader makes. */
    public OracleBackend(Oracle oracle, Loader loader, String word) {
        this.oracle = oracle;
        this.loader = loader;
        this.word = word;
    }

    @Override
    public Sut describe() {
        return new Sut(
                "AIIS reference implementation",
                "AIIS",
                "1.0.0",
                word,
                PROVIDER,
                new TreeMap<>(Map.of("oracle", oracle.digest())),
                new TreeMap<>(Map.of(
                        "arithmetic",
                        "binary64 and double-double, rounded to the element type",
                        Step.KNOWN,
                        "cancel,compile,cycle,folder,path,together")));
    }

    @Override
    public Observation perform(Step step) {
        try {
            return answer(step);
        } catch (Oracle.Refusal e) {
            return new Observation.Rejected(
                    e.atLoad() ? step.phase() : Phase.RUN, "REFUSED", String.valueOf(e.getMessage()));
        } catch (NothingHeld e) {
            return new Observation.NotDriven(String.valueOf(e.getMessage()));
        }
    }

    /** A handle under which nothing is: the oracle was not asked. */
    private static final class NothingHeld extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingHeld(String message) {
            super(message);
        }
    }

    private Observation answer(Step step) {
        if (step instanceof Step.Load load) {
            models.put(load.model(), new Loaded(loaded(load.bytes()), load.bytes(), load.profiled()));
            return Observation.Outputs.none();
        }
        if (step instanceof Step.Put put) {
            tensors.put(put.tensor(), put.value());
            return Observation.Outputs.none();
        }
        if (step instanceof Step.Run run) {
            return run(run);
        }
        if (step instanceof Step.Get get) {
            return Observation.Outputs.of(Map.of(get.tensor(), kept(get.tensor())));
        }
        if (step instanceof Step.Drop drop) {
            tensors.remove(drop.tensor());
            return Observation.Outputs.none();
        }
        if (step instanceof Step.Close close) {
            return close(close);
        }
        if (step instanceof Step.Measure measure) {
            return measure(measure);
        }
        if (step instanceof Step.Cancel cancel) {
            return new Cancellable(this).perform(cancel);
        }
        if (step instanceof Step.Compile compile) {
            oracle.check(compile.bytes());
            tensors.put(
                    compile.tensor(),
                    Tensor.ofBytes(
                            ElementType.UINT8,
                            Shape.of(compile.bytes().size()),
                            compile.bytes().toArray()));
            return Observation.Outputs.none();
        }
        if (step instanceof Step.Restore restore) {
            Bytes compiled = Bytes.own(kept(restore.tensor()).toByteArray());
            models.put(restore.model(), new Loaded(loaded(compiled), compiled, false));
            return Observation.Outputs.none();
        }
        if (step instanceof Step.LoadFolder load) {
            return answer(new Step.Load(load.model(), FolderModel.inlined(load), false));
        }
        if (step instanceof Step.LoadPath load) {
            FileBeside file = FileBeside.of(Path.of(load.path()));
            models.put(
                    load.model(), new Loaded(loader.load(file.model(), file.files()), file.model(), load.profiled()));
            return Observation.Outputs.none();
        }
        throw new Oracle.Refusal(
                false, "this backend has no such step: " + step.getClass().getSimpleName());
    }

    private LoadedModel loaded(Bytes model) {
        return loader.load(model, ExternalTensors.Files.NONE);
    }

    private Observation run(Step.Run run) {
        Map<String, Tensor> inputs = new TreeMap<>();
        run.inputs()
                .forEach((name, feed) -> inputs.put(
                        name,
                        feed instanceof Step.Feed.Inline inline
                                ? inline.tensor()
                                : kept(((Step.Feed.Kept) feed).tensor())));
        Map<String, Tensor> outputs = loaded(run.model()).model().run(inputs);
        run.keep().forEach((output, handle) -> tensors.put(handle, output(outputs, output)));
        Map<String, Tensor> sent = new TreeMap<>();
        if (run.fetch().isEmpty() && run.keep().isEmpty()) {
            sent.putAll(outputs);
        }
        run.fetch().forEach(name -> sent.put(name, output(outputs, name)));
        return Observation.Outputs.of(sent);
    }

    private Observation measure(Step.Measure step) {
        LoadedModel model = loaded(step.model()).model();
        Map<String, Tensor> ofSampleZero = new TreeMap<>();
        Load load = new LoadGenerator(System::nanoTime)
                .<RuntimeException>run(step.settings(), step.samples().size(), query -> {
                    for (int sample : query) {
                        Map<String, Tensor> outputs = model.run(step.samples().get(sample));
                        if (sample == 0) {
                            ofSampleZero.putAll(outputs);
                        }
                    }
                });
        return new Observation.Measured(
                load.latencies(),
                load.samples(),
                load.totalNanos(),
                Observation.Outputs.of(ofSampleZero).values(),
                load.effective());
    }

    private static Tensor output(Map<String, Tensor> outputs, String name) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new Oracle.Refusal(false, "the graph has no output '" + name + "'");
        }
        return tensor;
    }

    private Observation close(Step.Close close) {
        Loaded loaded = loaded(close.model());
        models.remove(close.model());
        List<NodePlacement> placement = new ArrayList<>();
        if (loaded.profiled()) {
            for (NodeProto node : Models.parse(loaded.bytes()).getGraph().getNodeList()) {
                placement.add(new NodePlacement(node.getName(), NodePlacement.State.PROVIDER, PROVIDER));
            }
        }
        return new Observation.Outputs(new TreeMap<>(), placement);
    }

    private Loaded loaded(String handle) {
        Loaded loaded = models.get(handle);
        if (loaded == null) {
            throw new NothingHeld("no model '" + handle + "' is loaded");
        }
        return loaded;
    }

    private Tensor kept(String handle) {
        Tensor tensor = tensors.get(handle);
        if (tensor == null) {
            throw new NothingHeld("no tensor '" + handle + "' is kept");
        }
        return tensor;
    }

    @Override
    public void close() {
        models.clear();
        tensors.clear();
    }
}
