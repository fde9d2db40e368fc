package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aiis.conformance.backend.ort.OrtTensors.Unreachable;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.NodePlacement;

/** A loaded model: its session, and what is needed to tell the placement of its nodes. */
final class OrtModel {
    private final OrtEnvironment environment;
    private final OrtSettings settings;
    private final OrtSession session;
    private final Bytes bytes;
    private final Optional<Carriers> carriers;
    private final boolean profiled;
    private final Path scratch;

    private OrtModel(
            OrtEnvironment environment,
            OrtSettings settings,
            OrtSession session,
            Bytes bytes,
            Optional<Carriers> carriers,
            boolean profiled,
            Path scratch) {
        this.environment = environment;
        this.settings = settings;
        this.session = session;
        this.bytes = bytes;
        this.carriers = carriers;
        this.profiled = profiled;
        this.scratch = scratch;
    }

    /**
     * Loads a model; one whose inputs or outputs cannot cross the binding is loaded a second time with carriers.
     *
     * @throws OrtException when ONNX Runtime refuses the model
     * @throws Unreachable when it takes the model and refuses the carriers
     */
    static OrtModel load(OrtEnvironment environment, OrtSettings settings, Bytes bytes, boolean profiled, Path scratch)
            throws OrtException, Unreachable {
        Optional<Carriers> carriers = Carriers.of(bytes);
        if (carriers.isPresent()) {
            try (SessionOptions options = options(settings)) {
                environment.createSession(direct(bytes), options).close();
            }
        }
        try (SessionOptions options = options(settings)) {
            if (profiled) {
                options.enableProfiling(scratch.resolve("profile").toString());
            }
            Bytes loaded = carriers.map(Carriers::model).orElse(bytes);
            OrtSession session = environment.createSession(direct(loaded), options);
            return new OrtModel(
                    environment,
                    settings,
                    session,
                    profiled ? bytes : Bytes.own(new byte[0]),
                    carriers,
                    profiled,
                    scratch);
        } catch (OrtException e) {
            if (carriers.isPresent()) {
                throw new Unreachable("the model loads, but values of types "
                        + carriers.get().types() + " cannot be fed or read: " + e.getMessage());
            }
            throw e;
        }
    }

    /** Carriers of values that cannot cross the binding. */
    Optional<Carriers> carriers() {
        return carriers;
    }

    OrtSession session() {
        return session;
    }

    boolean isProfiled() {
        return profiled;
    }

    /** Closes the session; answers the placement of its nodes, empty when it was not loaded profiled. */
    List<NodePlacement> close() throws OrtException {
        if (!profiled) {
            session.close();
            return List.of();
        }
        Path file;
        try {
            file = Path.of(session.endProfiling());
        } finally {
            session.close();
        }
        try {
            return Placement.of(Graph.read(bytes.view()), Profile.read(file), this::optimised);
        } catch (InputException e) {
            return List.of(); // A profile over the bound or torn: the placement could not be told.
        } finally {
            delete(file);
        }
    }

    /** The graph as ONNX Runtime runs it, from a second session made alike that writes it down. */
    private Optional<Graph> optimised() {
        Path file = scratch.resolve("optimised.onnx");
        try (SessionOptions options = options(settings)) {
            options.setOptimizedModelFilePath(file.toString());
            environment
                    .createSession(direct(carriers.map(Carriers::model).orElse(bytes)), options)
                    .close();
            return Optional.of(Graph.read(ByteBuffer.wrap(Files.readAllBytes(file))));
        } catch (OrtException | IOException e) {
            return Optional.empty(); // It cannot be written (over 2 GiB, a compiled node): the placement is unknown.
        } finally {
            delete(file);
        }
    }

    private static SessionOptions options(OrtSettings settings) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(settings.level());
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }

    private static ByteBuffer direct(Bytes bytes) {
        return ByteBuffer.allocateDirect(bytes.size()).put(bytes.view()).flip();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
    }
}
