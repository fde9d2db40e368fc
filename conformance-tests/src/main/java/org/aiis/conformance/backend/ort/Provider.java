package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.List;
import java.util.Map;
import org.aiis.conformance.backend.elf.HookLibrary;

/**
 * An execution provider of ONNX Runtime.
 *
 * @param word what stands behind {@code ort:}
 * @param name as placement reports it
 * @param device that it runs on, in words
 * @param libraries those that the core loads for it, beside itself: {@code onnxruntime_providers_cuda}
 * @param route options that say which library and device are meant, for the suite itself
 * @param options of its own that are known; others are handed over as {@code provider.NAME}
 * @param adder how it is added to the options of a session
 */
record Provider(
        String word,
        String name,
        String device,
        List<String> libraries,
        List<String> route,
        List<String> options,
        Adder adder) {
    Provider {
        libraries = List.copyOf(libraries);
        route = List.copyOf(route);
        options = List.copyOf(options);
    }

    /** How a provider gets into the options of a session. */
    sealed interface Adder {}

    /** The CPU provider is there by itself. */
    record BuiltIn() implements Adder {}

    /** By a function of the C interface that Maven's Java binding was not compiled for. */
    record Hook(HookLibrary.Call call) implements Adder {}

    /** A library of a vendor that registers itself as a plug-in, with devices to choose from; its name it tells itself. */
    record PlugIn() implements Adder {}

    /** A library of a vendor with the function RegisterCustomOps, which appends its provider to the session options. */
    record Custom() implements Adder {}

    /** By a method of the Java binding. */
    record Method(Call call) implements Adder {
        /** Adds it. */
        interface Call {
            void add(SessionOptions session, Map<String, String> options) throws OrtException;
        }
    }

    /** The summary for a list of backends. */
    String summary() {
        return "ONNX Runtime, " + (name.isEmpty() ? "" : name + ": ") + device
                + (route.isEmpty() ? "" : ". Options: " + String.join(", ", route))
                + (options.isEmpty() ? "" : ". Options of its own: " + String.join(", ", options));
    }
}
