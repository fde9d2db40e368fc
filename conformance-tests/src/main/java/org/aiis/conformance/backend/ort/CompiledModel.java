package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.aiis.conformance.backend.ort.OrtTensors.Unreachable;
import org.aiis.spec.tensor.Bytes;

/**
 * What a provider compiled of a model: an ONNX model whose nodes EPContext hold it. Source: ONNX Runtime's documentation,
 * "OnnxRuntime EP Context Cache Feature", and onnxruntime_session_options_config_keys.h.
 */
final class CompiledModel {
    private static final AtomicInteger MADE = new AtomicInteger();

    private CompiledModel() {}

    /** Whether a provider could compile: the CPU provider has kernels, and compiles nothing. */
    static boolean isKnownTo(Provider provider) {
        return !provider.equals(Providers.CPU);
    }

    /**
     * Has the provider compile a model.
     *
     * @throws Unreachable when it takes the model and leaves nothing compiled
     */
    static Bytes of(OrtRuntime runtime, Bytes model) throws OrtException, Unreachable {
        Path file = runtime.scratch().resolve("compiled" + MADE.incrementAndGet() + ".onnx");
        try (SessionOptions options = runtime.options()) {
            options.addConfigEntry("ep.context_enable", "1");
            options.addConfigEntry("ep.context_file_path", file.toString());
            options.addConfigEntry("ep.context_embed_mode", "1");
            runtime.environment()
                    .createSession(OrtRuntime.direct(model), options)
                    .close();
            if (!Files.exists(file)) {
                throw new Unreachable(
                        "the provider took the model and left nothing compiled: where it never does, the ICS"
                                + " does not claim compiled-models");
            }
            return Bytes.own(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Unreachable("the compiled model cannot be read: " + e);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder is not ours to write", e);
        }
    }
}
