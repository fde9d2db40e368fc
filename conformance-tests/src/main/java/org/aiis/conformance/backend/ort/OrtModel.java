package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aiis.conformance.backend.ort.OrtTensors.Unreachable;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.NodePlacement;

/** A loaded model: its session, and what is needed to tell the placement of its nodes. */
final class OrtModel {
    /** Writing a larger model down takes longer than profiling it. */
    private static final int LARGEST_PLANNED = 1 << 20;

    /** What ONNX Runtime says of a model before it writes one down: that it cannot be read, or that a node has no kernel. */
    private static final Set<OrtErrorCode> OF_THE_MODEL = EnumSet.of(
            OrtErrorCode.ORT_INVALID_PROTOBUF, OrtErrorCode.ORT_INVALID_GRAPH, OrtErrorCode.ORT_NOT_IMPLEMENTED);

    private static final String WEIGHTS = "weights";

    private final OrtRuntime runtime;
    private final OrtSession session;
    private final Source source;
    private final Optional<Carriers> carriers;
    private final boolean profiled;
    private final boolean timed;

    /** The graph as ONNX Runtime runs it, where it is known from the start. */
    private final Optional<Plan> plan;

    private volatile boolean ran;

    private OrtModel(
            OrtRuntime runtime,
            OrtSession session,
            Source source,
            Optional<Carriers> carriers,
            boolean profiled,
            boolean timed,
            Optional<Plan> plan) {
        this.runtime = runtime;
        this.session = session;
        this.source = source;
        this.carriers = carriers;
        this.profiled = profiled;
        this.timed = timed;
        this.plan = plan;
    }

    /**
     * What sessions are made of: bytes, or a file beside which the data lie. Without its bytes where nobody will ask for them.
     *
     * @param bytes the model; of a file what it holds itself
     */
    private record Source(Bytes bytes, Optional<Path> file) {
        static final Source FORGOTTEN = new Source(Bytes.own(new byte[0]), Optional.empty());

        OrtSession open(OrtRuntime runtime, SessionOptions options) throws OrtException {
            return file.isPresent()
                    ? runtime.environment().createSession(file.get().toString(), options)
                    : runtime.environment().createSession(OrtRuntime.direct(bytes), options);
        }
    }

    /**
     * Loads a model; one whose inputs or outputs cannot cross the binding is loaded a second time with carriers.
     *
     * @throws OrtException when ONNX Runtime refuses the model
     * @throws Unreachable when it takes the model and refuses the carriers
     */
    static OrtModel load(OrtRuntime runtime, Bytes bytes, boolean profiled, boolean timed)
            throws OrtException, Unreachable {
        boolean plannable = profiled && !timed && runtime.settings().provider().equals(Providers.CPU);
        Optional<Plan> known = plannable ? runtime.plans().known().get(bytes) : Optional.empty();
        if (known.isPresent()) {
            return again(runtime, bytes, known.get());
        }
        Optional<Carriers> carriers = Carriers.of(bytes);
        if (carriers.isPresent()) {
            try (SessionOptions options = runtime.options()) {
                runtime.environment()
                        .createSession(OrtRuntime.direct(bytes), options)
                        .close();
            }
        }
        Bytes loaded = carriers.map(Carriers::model).orElse(bytes);
        try {
            if (plannable && loaded.size() <= LARGEST_PLANNED) {
                Optional<OrtModel> planned = planned(runtime, bytes, loaded, carriers);
                if (planned.isPresent()) {
                    return planned.get();
                }
            }
            try (SessionOptions options = runtime.options()) {
                if (profiled || timed) {
                    options.enableProfiling(runtime.notes().resolve("profile").toString());
                }
                OrtSession session = runtime.environment().createSession(OrtRuntime.direct(loaded), options);
                Source kept = profiled || timed ? new Source(bytes, Optional.empty()) : Source.FORGOTTEN;
                return new OrtModel(runtime, session, kept, carriers, profiled, timed, Optional.empty());
            }
        } catch (OrtException e) {
            if (carriers.isPresent()) {
                throw new Unreachable("the model loads, but values of types "
                        + carriers.get().types() + " cannot be fed or read: " + e.getMessage());
            }
            throw e;
        }
    }

    /** A session of a model whose graph one before it wrote down as it runs. */
    private static OrtModel again(OrtRuntime runtime, Bytes bytes, Plan known) throws OrtException {
        Bytes loaded = known.carriers().map(Carriers::model).orElse(bytes);
        try (SessionOptions options = runtime.options()) {
            OrtSession session = runtime.environment().createSession(OrtRuntime.direct(loaded), options);
            return new OrtModel(runtime, session, Source.FORGOTTEN, known.carriers(), true, false, Optional.of(known));
        }
    }

    /**
     * A session that wrote its graph down as it runs it. Where no provider but the CPU's is in it that tells the placement of each
     * node, and takes a third of the time of a profile. Empty where there is no such session, and it may be the fault of the
     * writing: the next one shows.
     *
     * @throws OrtException when it is the model's fault
     */
    private static Optional<OrtModel> planned(
            OrtRuntime runtime, Bytes bytes, Bytes loaded, Optional<Carriers> carriers) throws OrtException {
        Optional<PlanFile> file = runtime.plans().take();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (SessionOptions options = runtime.options()) {
            options.setOptimizedModelFilePath(file.get().path().toString());
            OrtSession session = runtime.environment().createSession(OrtRuntime.direct(loaded), options);
            Optional<Plan> plan = file.get().graph().map(graph -> new Plan(bytes, carriers, graph));
            if (plan.isEmpty()) {
                session.close();
                return Optional.empty();
            }
            runtime.plans().known().put(bytes, plan.get());
            return Optional.of(new OrtModel(runtime, session, Source.FORGOTTEN, carriers, true, false, plan));
        } catch (OrtException e) {
            if (OF_THE_MODEL.contains(e.getCode())) {
                throw e;
            }
            return Optional.empty();
        } finally {
            runtime.plans().giveBack(file.get());
        }
    }

    /** Loads a model from its file, beside which others may lie that hold its tensors. */
    static OrtModel read(OrtRuntime runtime, Path file) throws OrtException {
        try (SessionOptions options = runtime.options()) {
            OrtSession session = runtime.environment().createSession(file.toString(), options);
            return new OrtModel(runtime, session, Source.FORGOTTEN, Optional.empty(), false, false, Optional.empty());
        }
    }

    /** The same, told of as a model that was given as bytes is. */
    static OrtModel read(OrtRuntime runtime, Path file, boolean profiled, boolean timed)
            throws OrtException, Unreachable {
        Source source = new Source(content(file), Optional.of(file));
        Optional<Carriers> carriers = Carriers.of(source.bytes());
        if (carriers.isPresent()) {
            throw new Unreachable("values of types " + carriers.get().types()
                    + " cannot be fed or read in a model that is given by its path");
        }
        try (SessionOptions options = runtime.options()) {
            if (profiled || timed) {
                options.enableProfiling(runtime.notes().resolve("profile").toString());
            }
            return new OrtModel(
                    runtime,
                    source.open(runtime, options),
                    source,
                    Optional.empty(),
                    profiled,
                    timed,
                    Optional.empty());
        }
    }

    private static Bytes content(Path file) throws Unreachable {
        try {
            return Bytes.own(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Unreachable("the model cannot be read: " + e);
        }
    }

    /** Carriers of values that cannot cross the binding. */
    Optional<Carriers> carriers() {
        return carriers;
    }

    OrtSession session() {
        return session;
    }

    /** Its nodes have run. */
    void noteRun() {
        ran = true;
    }

    /** Whether ONNX Runtime notes each kernel, which takes time of its own. */
    boolean isProfiled() {
        return profiled || timed;
    }

    /**
     * What a session tells at its end.
     *
     * @param placement of its nodes; empty when it was not loaded profiled
     * @param nanos that each took; empty when it was not loaded timed
     */
    record Told(List<NodePlacement> placement, Optional<long[]> nanos) {
        static final Told NOTHING = new Told(List.of(), Optional.empty());
    }

    /** Closes the session. */
    Told close() throws OrtException {
        if (!profiled && !timed) {
            session.close();
            return Told.NOTHING;
        }
        if (plan.isPresent()) {
            session.close();
            return new Told(plan.get().placement(ran), Optional.empty());
        }
        Path file;
        try {
            file = Path.of(session.endProfiling());
        } finally {
            session.close();
        }
        try {
            Graph original = Graph.read(source.bytes().view());
            return new Told(
                    profiled ? Placement.of(original, Profile.read(file), this::optimised, this::shown) : List.of(),
                    timed && ran
                            ? Optional.of(KernelTimes.read(file).of(original, this::optimised))
                            : Optional.empty());
        } catch (InputException e) {
            return Told.NOTHING; // A profile over the bound or torn.
        } finally {
            delete(file);
        }
    }

    /** The graph as ONNX Runtime runs it, from a second session made alike that writes it down. */
    private Optional<Graph> optimised() {
        try (SessionOptions options = runtime.options()) {
            return written(options);
        } catch (OrtException e) {
            return Optional.empty(); // It cannot be written (over 2 GiB): the placement is unknown.
        }
    }

    /**
     * The graph as ONNX Runtime asks its providers about it, from a session with none that compiles. Where the CPU provider
     * does not have one of its nodes there is no such session; but what was compiled of a model of one node is that node.
     */
    private Optional<Graph> shown() {
        try (SessionOptions options = runtime.asked()) {
            return written(options);
        } catch (OrtException e) {
            return Optional.of(Graph.read(source.bytes().view()))
                    .filter(graph -> graph.nodes().size() == 1 && carriers.isEmpty());
        }
    }

    private Optional<Graph> written(SessionOptions options) throws OrtException {
        Path file = runtime.notes().resolve("optimised.onnx");
        try {
            options.setOptimizedModelFilePath(file.toString());
            Source shown =
                    carriers.map(c -> new Source(c.model(), Optional.empty())).orElse(source);
            if (shown.file().isPresent()) {
                withoutWeights(options);
            }
            shown.open(runtime, options).close();
            return Optional.of(Graph.read(ByteBuffer.wrap(Files.readAllBytes(file))));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            delete(file);
        }
    }

    /**
     * The graph is written alone: what its tensors hold, which may be gigabytes, goes into a file of its own, and that is where all
     * writing ends. Where there is no such file the graph cannot be told.
     */
    private void withoutWeights(SessionOptions options) throws OrtException, IOException {
        Path weights = runtime.notes().resolve(WEIGHTS);
        if (!Files.isSymbolicLink(weights)) {
            Files.createSymbolicLink(weights, Path.of("/dev/null"));
        }
        options.addConfigEntry("session.optimized_model_external_initializers_file_name", WEIGHTS);
        options.addConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", "1024");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
    }
}
