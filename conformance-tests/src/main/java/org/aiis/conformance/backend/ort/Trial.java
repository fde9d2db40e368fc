package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aiis.conformance.backend.elf.SharedLibrary;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;

/**
 * Tries that a provider comes up, once, before the first case: what is missing is said in one sentence. The model that is
 * loaded is of strings, which no accelerator takes, so that the provider is started and compiles nothing: what it makes of
 * nodes, its death included, is for the cases to see.
 */
final class Trial {
    private final OrtRuntime runtime;
    private final Provider provider;
    private final Path folder;

    Trial(OrtRuntime runtime, Path folder) {
        this.runtime = runtime;
        this.provider = runtime.settings().provider();
        this.folder = folder;
    }

    /** Refuses a provider with which no session comes up. */
    void check() {
        List<String> absent = absent();
        if (!absent.isEmpty()) {
            throw InputException.of(
                    provider.name() + ": " + folder + " has no " + String.join(" and no ", absent),
                    "give the folder of a build of ONNX Runtime with this provider as option library-path");
        }
        try (SessionOptions options = runtime.falling()) {
            runtime.environment()
                    .createSession(OrtRuntime.direct(strings()), options)
                    .close();
        } catch (OrtException e) {
            throw InputException.of(
                    runtime.attachment().name() + " does not come up in a session: " + first(e), missing());
        }
    }

    private static Bytes strings() {
        return new ModelBuilder(13)
                .input("x", ElementType.STRING, 2)
                .output("y", ElementType.STRING, 2)
                .node("Identity", List.of("x"), List.of("y"))
                .build();
    }

    private List<String> absent() {
        return provider.libraries().stream()
                .map(System::mapLibraryName)
                .filter(name -> !Files.isRegularFile(folder.resolve(name)))
                .toList();
    }

    /** The libraries that those of the provider ask for, and that the loader does not find. */
    private String missing() {
        List<String> missing = new ArrayList<>();
        for (String name : provider.libraries()) {
            Path file = folder.resolve(System.mapLibraryName(name));
            for (String needed : SharedLibrary.read(file).needed()) {
                if (!missing.contains(needed) && !Loader.finds(needed, folder)) {
                    missing.add(needed);
                }
            }
        }
        return missing.isEmpty()
                ? "see what ONNX Runtime printed before"
                : "missing " + String.join(", ", missing) + ": install them, or name their folders in LD_LIBRARY_PATH";
    }

    static String first(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
