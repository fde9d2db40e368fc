package org.aiis.conformance.backend.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.conformance.backend.elf.HookLibrary;
import org.aiis.conformance.backend.elf.SharedLibrary;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * The provider under test, ready to be added to sessions.
 *
 * @param name as placement reports it
 * @param told what a plug-in says of itself and its devices: name to value
 * @param library the one that was loaded for it by name, if one was
 */
record Attachment(
        String name, String vendor, SortedMap<String, String> told, Optional<Path> library, Provider.Method.Call call) {
    private static final String VENDOR = "Microsoft";

    Attachment {
        told = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(told));
    }

    /** Loads what it needs. A hook is written into the scratch folder. */
    static Attachment of(OrtEnvironment environment, OrtSettings settings, Path scratch)
            throws IOException, OrtException {
        Provider provider = settings.provider();
        Provider.Adder adder = provider.adder();
        if (adder instanceof Provider.PlugIn) {
            return plugIn(environment, settings);
        }
        if (adder instanceof Provider.Custom) {
            Path library = library(settings);
            String name = settings.route().getOrDefault("name", "");
            if (name.isEmpty()) {
                throw InputException.of(
                        "backend ort:custom without option name",
                        "give the name under which ONNX Runtime reports the provider: name=ExampleExecutionProvider");
            }
            return new Attachment(
                    name,
                    VENDOR,
                    new TreeMap<>(),
                    Optional.of(library),
                    (session, options) -> session.registerCustomOpLibrary(library.toString()));
        }
        if (adder instanceof Provider.Hook hook) {
            Path library = hook(provider, hook, settings.own(), scratch);
            return new Attachment(
                    provider.name(),
                    VENDOR,
                    new TreeMap<>(),
                    Optional.of(library),
                    (session, options) -> session.registerCustomOpLibrary(library.toString()));
        }
        return new Attachment(
                provider.name(),
                VENDOR,
                new TreeMap<>(),
                Optional.empty(),
                adder instanceof Provider.Method method ? method.call() : (session, options) -> {});
    }

    void add(SessionOptions session, Map<String, String> options) throws OrtException {
        call.add(session, options);
    }

    private static Path hook(Provider provider, Provider.Hook asked, SortedMap<String, String> own, Path scratch)
            throws IOException {
        Bytes library = HookLibrary.of(asked.call(), own)
                .filter(bytes -> HookLibrary.isOffered())
                .orElseThrow(() -> InputException.of(
                        "backend ort:" + provider.word() + " is offered on Linux alone, x86-64 and AArch64",
                        "write a program for exec:, see spec/worker-protocol.md"));
        Path file = scratch.resolve("libaiis_append_" + provider.word() + ".so");
        Files.write(file, library.toArray());
        return file;
    }

    private static Attachment plugIn(OrtEnvironment environment, OrtSettings settings) throws OrtException {
        Path library = library(settings);
        String file = library.getFileName().toString();
        List<OrtEpDevice> before = environment.getEpDevices();
        String registration = settings.route().getOrDefault("name", file.replaceAll("^lib|\\..*$", ""));
        try {
            environment.registerExecutionProviderLibrary(registration, library.toString());
        } catch (OrtException e) {
            throw InputException.of(
                    library + " does not load as a plug-in execution provider: " + Trial.first(e),
                    "a plug-in may need a newer core (library-path), or libraries beside it (LD_LIBRARY_PATH)");
        }
        List<OrtEpDevice> own = environment.getEpDevices().stream()
                .filter(device -> before.stream().noneMatch(old -> same(old, device)))
                .toList();
        OrtEpDevice chosen =
                Devices.choose(own, Devices::words, settings.route().getOrDefault("device", "0"), file);
        SortedMap<String, String> told = new TreeMap<>();
        for (int i = 0; i < own.size(); i++) {
            told.put("device-" + i, Devices.described(own.get(i)) + (own.get(i) == chosen ? " (chosen)" : ""));
        }
        chosen.getEpMetadata().forEach((name, value) -> told.put("plug-in " + name, value));
        chosen.getEpOptions().forEach((name, value) -> told.put("plug-in default " + name, value));
        return new Attachment(
                chosen.getEpName(),
                chosen.getEpVendor(),
                told,
                Optional.of(library),
                (session, options) -> session.addExecutionProvider(List.of(chosen), options));
    }

    /** Two handles of one thing: the binding makes a new object at each asking. */
    private static boolean same(OrtEpDevice a, OrtEpDevice b) {
        return a.getEpName().equals(b.getEpName()) && Devices.described(a).equals(Devices.described(b));
    }

    /** The vendor's library that was given; refused where it cannot be one. */
    static Path library(OrtSettings settings) {
        String word = settings.provider().word();
        String given = settings.route().getOrDefault("library", "");
        if (given.isEmpty()) {
            throw InputException.of("backend ort:" + word + " without option library", "give library=/path/to/lib….so");
        }
        Path library = OrtSettings.path("library", given);
        if (!Files.isRegularFile(library)) {
            throw InputException.at("option library", 0, "the path of a library", "'" + given + "': no such file");
        }
        if (HookLibrary.isOffered()) {
            SharedLibrary.demand(library, System.getProperty("os.arch", ""));
        }
        return library;
    }
}
