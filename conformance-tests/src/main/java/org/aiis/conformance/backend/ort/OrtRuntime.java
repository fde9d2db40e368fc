package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aiis.conformance.backend.Notes;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/** ONNX Runtime loaded and started, with the provider under test ready to be added to sessions. */
final class OrtRuntime implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSettings settings;
    private final SortedMap<String, String> libraries;
    private final SortedSet<String> others = new TreeSet<>();
    private final Path scratch;
    private final Path notes;
    private final Plans plans;
    private final Attachment attachment;

    private OrtRuntime(
            OrtEnvironment environment,
            OrtSettings settings,
            SortedMap<String, String> libraries,
            Path scratch,
            Path notes,
            Attachment attachment) {
        this.environment = environment;
        this.settings = settings;
        this.libraries = libraries;
        this.scratch = scratch;
        this.notes = notes;
        this.plans = new Plans(notes);
        this.attachment = attachment;
    }

    /** Loads the libraries, starts ONNX Runtime, and tries that the provider comes up. */
    static OrtRuntime start(OrtSettings settings) {
        Optional<Path> core = settings.core().map(VendorCore::find);
        SortedMap<String, String> libraries = new TreeMap<>();
        Path folder = libraries(core, libraries);
        try {
            Path scratch = Files.createTempDirectory("aiis-ort-");
            Path notes = Files.createTempDirectory(Notes.folder(), "aiis-ort-notes-");
            OrtEnvironment environment = environment(core);
            environment.setTelemetry(false);
            Attachment attachment = Attachment.of(environment, settings, scratch);
            OrtRuntime runtime = new OrtRuntime(environment, settings, libraries, scratch, notes, attachment);
            if (!settings.provider().equals(Providers.CPU)) {
                new Trial(runtime, folder).check();
                runtime.note(folder);
            }
            return runtime;
        } catch (IOException | OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not start", e);
        }
    }

    /** Its classes list the providers of the core when they load, and stop at a name that they do not know. */
    private static OrtEnvironment environment(Optional<Path> core) {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "aiis");
        } catch (ExceptionInInitializerError e) {
            throw InputException.because(
                    "ONNX Runtime's Java binding does not start with "
                            + core.map(Path::toString).orElse("its own core"),
                    e.getCause() == null ? e : e.getCause());
        }
    }

    /** Notes what was loaded for the provider, from the folders of the core and of the vendor's library. */
    private void note(Path folder) throws IOException {
        Set<Path> folders = new TreeSet<>(Set.of(folder.toRealPath(), scratch.toRealPath()));
        if (attachment.library().isPresent()) {
            Path library = attachment.library().get();
            folders.add(library.toRealPath().getParent());
            libraries.put(library.getFileName().toString(), Digests.sha256(library));
        }
        LoadedLibraries.below(folders).forEach((name, digest) -> libraries.putIfAbsent(name, digest));
        others.addAll(LoadedLibraries.elsewhere(folders));
    }

    /** Where the core lies, beside which it looks for the libraries of its providers. */
    private static Path libraries(Optional<Path> core, SortedMap<String, String> libraries) {
        try {
            if (core.isPresent()) {
                libraries.putAll(VendorCore.load(core.get(), NativeLibraries.cached()));
                return java.util.Objects.requireNonNull(core.get().toRealPath().getParent(), "a file lies in a folder");
            }
            libraries.putAll(NativeLibraries.prepare());
            return NativeLibraries.folder();
        } catch (IOException e) {
            throw InputException.because("ONNX Runtime's libraries cannot be read", e);
        }
    }

    OrtEnvironment environment() {
        return environment;
    }

    OrtSettings settings() {
        return settings;
    }

    /** Name to SHA-256 of what was loaded. */
    SortedMap<String, String> libraries() {
        return libraries;
    }

    /** Names of libraries from other folders that the provider loaded. */
    SortedSet<String> others() {
        return others;
    }

    Attachment attachment() {
        return attachment;
    }

    Path scratch() {
        return scratch;
    }

    /** For files that are read back at once and deleted. */
    Path notes() {
        return notes;
    }

    /** What sessions wrote down of their graphs, and where they do. */
    Plans plans() {
        return plans;
    }

    /** The core's own word on its version: the Java binding only knows that of the jar that it came in. */
    String version() {
        try {
            return environment.getEpDevices().stream()
                    .filter(device -> device.getEpName().equals(Providers.CPU.name()))
                    .map(device -> device.getEpMetadata().get("version"))
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElseGet(environment::getVersion);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not list its devices", e);
        }
    }

    /** Options of a new session, the provider under test among them. */
    SessionOptions options() throws OrtException {
        return attached(plain(settings.level(), settings.entries()));
    }

    /** The same, and the CPU provider may take what the provider under test does not, whatever the settings say. */
    SessionOptions falling() throws OrtException {
        return attached(plain(settings.level(), settings.withFallback()));
    }

    private SessionOptions attached(SessionOptions options) throws OrtException {
        try {
            attachment.add(options, settings.own());
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }

    /**
     * Options of a session that stops optimising where ONNX Runtime asks the providers which nodes they take: behind the basic
     * level, which knows no provider. The CPU provider is alone in it.
     */
    SessionOptions asked() throws OrtException {
        OptLevel level = settings.level() == OptLevel.NO_OPT ? OptLevel.NO_OPT : OptLevel.BASIC_OPT;
        SortedMap<String, String> entries = new TreeMap<>(settings.withFallback());
        entries.keySet().removeIf(name -> name.startsWith("ep."));
        return plain(level, entries);
    }

    private SessionOptions plain(OptLevel level, SortedMap<String, String> entries) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(level);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            for (var entry : entries.entrySet()) {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            }
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }

    static ByteBuffer direct(Bytes bytes) {
        return ByteBuffer.allocateDirect(bytes.size()).put(bytes.view()).flip();
    }

    @Override
    public void close() {
        try {
            if (attachment.library().filter(file -> file.startsWith(scratch)).isPresent()) {
                Files.deleteIfExists(attachment.library().get());
            }
            Files.deleteIfExists(scratch);
            plans.close();
            Files.deleteIfExists(notes);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to delete", e);
        }
    }
}
