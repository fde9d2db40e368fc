package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.elf.HookLibrary;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/** ONNX Runtime loaded and started, with the provider under test ready to be added to sessions. */
final class OrtRuntime implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSettings settings;
    private final SortedMap<String, String> libraries;
    private final Path scratch;
    private final Optional<Path> hook;

    private OrtRuntime(
            OrtEnvironment environment,
            OrtSettings settings,
            SortedMap<String, String> libraries,
            Path scratch,
            Optional<Path> hook) {
        this.environment = environment;
        this.settings = settings;
        this.libraries = libraries;
        this.scratch = scratch;
        this.hook = hook;
    }

    /** Loads the libraries, starts ONNX Runtime, and tries that the provider comes up. */
    static OrtRuntime start(OrtSettings settings) {
        Optional<Path> core = settings.core().map(VendorCore::find);
        SortedMap<String, String> libraries = new TreeMap<>();
        Path folder = libraries(core, libraries);
        try {
            Path scratch = Files.createTempDirectory("aiis-ort-");
            Optional<Path> hook = hook(settings, scratch, libraries);
            OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "aiis");
            environment.setTelemetry(false);
            OrtRuntime runtime = new OrtRuntime(environment, settings, libraries, scratch, hook);
            if (!settings.provider().equals(Providers.CPU)) {
                new Trial(runtime, folder).check();
                loaded(settings.provider(), folder, libraries);
            }
            return runtime;
        } catch (IOException | OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not start", e);
        }
    }

    /** Where the core lies, beside which it looks for the libraries of its providers. */
    private static Path libraries(Optional<Path> core, SortedMap<String, String> libraries) {
        try {
            if (core.isPresent()) {
                libraries.putAll(VendorCore.load(core.get(), NativeLibraries.cached()));
                return core.get().toRealPath().getParent();
            }
            libraries.putAll(NativeLibraries.prepare());
            return NativeLibraries.folder();
        } catch (IOException e) {
            throw InputException.because("ONNX Runtime's libraries cannot be read", e);
        }
    }

    private static Optional<Path> hook(OrtSettings settings, Path scratch, SortedMap<String, String> libraries)
            throws IOException {
        if (!(settings.provider().adder() instanceof Provider.Hook asked)) {
            return Optional.empty();
        }
        Bytes library = HookLibrary.of(asked.call(), settings.own())
                .filter(bytes -> HookLibrary.isOffered())
                .orElseThrow(() -> InputException.of(
                        "backend ort:" + settings.provider().word() + " is offered on Linux alone, x86-64 and AArch64",
                        "write a program for exec:, see spec/worker-protocol.md"));
        Path file = scratch.resolve("libaiis_append_" + settings.provider().word() + ".so");
        Files.write(file, library.toArray());
        libraries.put(file.getFileName().toString(), library.sha256());
        return Optional.of(file);
    }

    private static void loaded(Provider provider, Path folder, SortedMap<String, String> libraries) throws IOException {
        for (String name : provider.libraries()) {
            Path file = folder.resolve(System.mapLibraryName(name));
            if (Files.isRegularFile(file)) {
                libraries.put(file.getFileName().toString(), Digests.sha256(file));
            }
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

    Path scratch() {
        return scratch;
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
        SessionOptions options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(settings.level());
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            for (var entry : settings.entries().entrySet()) {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            }
            if (hook.isPresent()) {
                options.registerCustomOpLibrary(hook.get().toString());
            } else if (settings.provider().adder() instanceof Provider.Method method) {
                method.call().add(options, settings.own());
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
            if (hook.isPresent()) {
                Files.deleteIfExists(hook.get());
            }
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to delete", e);
        }
    }
}
